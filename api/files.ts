/** What routes and pages do with files. */
export { fileReader, type OpenFile, openFile } from './files/reading.ts';
export { type Reusing, receiveFile, reuseFile, type Uploaded, type Uploading } from './files/receiving.ts';
export { canPreview, sendAttachment, sendPreview } from './files/sending.ts';
