import { deflateSync, inflateSync } from 'node:zlib';

/** A picture of 8 bits for each channel. */
interface Picture {
  width: number;
  height: number;
  /** Red, green, blue of each point, row by row. */
  pixels: Uint8Array;
}

const signature = Buffer.from('89504e470d0a1a0a', 'hex');
/** Colors that a palette holds. */
const mostColors = 256;

/**
 * Makes the picture of a page small: its most frequent 256 colors in place of millions, which is all that text and lines need.
 *
 * @param png as Chromium writes it: 8 bits for each channel, not interlaced
 */
export function smaller(png: Buffer): Buffer {
  const picture = decode(png);
  const { palette, indexOf } = paletteOf(picture);
  return encode(picture, palette, indexOf);
}

function decode(png: Buffer): Picture {
  const header = chunk(png, 'IHDR')[0]!;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = { 2: 3, 6: 4 }[header[9] as 2 | 6];
  if (header[8] !== 8 || !channels || header[12] !== 0) throw new Error('Only pictures of 8 bits, without interlace.');
  const rows = unfiltered(inflateSync(Buffer.concat(chunk(png, 'IDAT'))), width, height, channels);
  const pixels = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at++)
    for (let channel = 0; channel < 3; channel++) pixels[at * 3 + channel] = rows[at * channels + channel]!;
  return { width, height, pixels };
}

function chunk(png: Buffer, type: string): Buffer[] {
  const found: Buffer[] = [];
  for (let at = signature.length; at < png.length; at += png.readUInt32BE(at) + 12)
    if (png.toString('latin1', at + 4, at + 8) === type)
      found.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  return found;
}

/** Each row is written as its difference to what is left of it and above, in one of five ways. */
function unfiltered(raw: Buffer, width: number, height: number, channels: number): Uint8Array {
  const length = width * channels;
  const rows = new Uint8Array(length * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (length + 1)];
    for (let x = 0; x < length; x++) {
      const at = y * length + x;
      const left = x >= channels ? rows[at - channels]! : 0;
      const above = y > 0 ? rows[at - length]! : 0;
      const corner = x >= channels && y > 0 ? rows[at - length - channels]! : 0;
      rows[at] = raw[y * (length + 1) + 1 + x]! + foretold(filter, left, above, corner);
    }
  }
  return rows;
}

function foretold(filter: number | undefined, left: number, above: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  if (filter !== 4) return 0;
  const guess = left + above - corner;
  const [byLeft, byAbove, byCorner] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  if (byLeft <= byAbove && byLeft <= byCorner) return left;
  return byAbove <= byCorner ? above : corner;
}

function paletteOf({ pixels }: Picture): { palette: number[]; indexOf: (color: number) => number } {
  const counts = new Map<number, number>();
  for (let at = 0; at < pixels.length; at += 3) {
    const color = colorAt(pixels, at);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const palette = [...counts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, mostColors)
    .map(([color]) => color);
  const known = new Map(palette.map((color, index) => [color, index]));
  return {
    palette,
    indexOf(color) {
      const index = known.get(color) ?? nearest(color, palette);
      known.set(color, index);
      return index;
    },
  };
}

function nearest(color: number, palette: number[]): number {
  const far = palette.map((other) => distance(color, other));
  return far.indexOf(Math.min(...far));
}

function distance(one: number, other: number): number {
  return [16, 8, 0].reduce((sum, shift) => sum + (((one >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0);
}

function colorAt(pixels: Uint8Array, at: number): number {
  return (pixels[at]! << 16) | (pixels[at + 1]! << 8) | pixels[at + 2]!;
}

function encode({ width, height, pixels }: Picture, palette: number[], indexOf: (color: number) => number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = indexOf(colorAt(pixels, (y * width + x) * 3));
  const colors = Buffer.from(palette.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]));
  const parts = [part('IHDR', header), part('PLTE', colors), part('IDAT', deflateSync(rows, { level: 9 }))];
  return Buffer.concat([signature, ...parts, part('IEND', Buffer.alloc(0))]);
}

function part(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(checksum(body), body.length + 4);
  return framed;
}

/** CRC-32; Node has one of its own only since version 22. */
function checksum(data: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
