/** A page of a list: at most `limit` items (1 to 200) after an opaque `cursor`. */
export interface PageRequest {
  limit: number;
  cursor?: string;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
