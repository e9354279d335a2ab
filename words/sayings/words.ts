/** A sentence for each thing that there is to say; one that is missing does not compile. */
export type WordsFor<S> = { [K in keyof S]: (values: S[K]) => string };
