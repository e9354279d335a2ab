const office = 'application/vnd.openxmlformats-officedocument';
const openDocument = /^mimetype(application\/vnd\.oasis\.opendocument\.[a-z-]+)/;

/** Documents that are ZIP archives, by the folder that they have within. */
const documents: Record<string, { folder: string; mediaType: string }> = {
  docx: { folder: 'word/', mediaType: `${office}.wordprocessingml.document` },
  xlsx: { folder: 'xl/', mediaType: `${office}.spreadsheetml.sheet` },
  pptx: { folder: 'ppt/', mediaType: `${office}.presentationml.presentation` },
};

/**
 * What a ZIP archive is, by the names of its first entries, which stand in it as they are. Nothing is unpacked. The document
 * that its name says it is, where it has that document's folder.
 */
export function zipTypeOf(head: Uint8Array, name: string): string {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length);
  // An OpenDocument file begins with an entry that is not compressed and says its type.
  const said = openDocument.exec(bytes.subarray(30, 200).toString('latin1'))?.[1];
  if (said) return said;
  const document = documents[/\.(\w+)$/.exec(name.toLowerCase())?.[1] ?? ''];
  return document && names(bytes).some((each) => each.startsWith(document.folder))
    ? document.mediaType
    : 'application/zip';
}

/** The names of the entries whose headers are in the bytes. */
function names(bytes: Buffer): string[] {
  const found: string[] = [];
  for (
    let at = bytes.indexOf('PK\x03\x04');
    at >= 0 && at + 30 < bytes.length;
    at = bytes.indexOf('PK\x03\x04', at + 4)
  ) {
    found.push(bytes.subarray(at + 30, at + 30 + bytes.readUInt16LE(at + 26)).toString('latin1'));
  }
  return found;
}
