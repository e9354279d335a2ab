/** What scripts add to pages that work without them; each is a small file of its own, and finds its place by itself. */
import { bulk } from './bulk.ts';
import { copyButtons } from './copy.ts';
import { files, listenForFiles } from './files.ts';
import { listenForKeys, showKeysButton } from './keys.ts';
import { keepLooking } from './live.ts';
import { passkeys } from './passkeys.ts';
import { reasons, reviewKeys } from './review.ts';
import { beginWithAnswer, rowKeys } from './rows.ts';
import { listenForSending } from './send.ts';
import { keepTyped, listenForTyping } from './typed.ts';

/** For each page, also for one that came as the answer to a form with files. */
function begin(): void {
  for (const one of [passkeys, bulk, copyButtons, files, reasons, keepTyped, beginWithAnswer, showKeysButton]) one();
}

rowKeys();
reviewKeys();
listenForKeys();
listenForFiles();
listenForTyping();
listenForSending(begin);
begin();
keepLooking();
