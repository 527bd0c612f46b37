/** As much of DER (ITU-T X.690) as it takes to write a key. */

const SEQUENCE = 0x30;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const INTEGER = 0x02;

function item(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const header = length < 0x80 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(header), content]);
}

export const derSequence = (...items: readonly Buffer[]): Buffer => item(SEQUENCE, Buffer.concat(items));
export const derOctetString = (content: Buffer): Buffer => item(OCTET_STRING, content);
export const derBitString = (content: Buffer): Buffer => item(BIT_STRING, Buffer.concat([Buffer.alloc(1), content]));

/** A positive number. A leading zero keeps its highest bit from being read as a sign, and no other may lead. */
export function derInteger(bigEndian: Buffer): Buffer {
  const first = bigEndian.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? Buffer.alloc(1) : bigEndian.subarray(first);
  return item(INTEGER, (digits[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.alloc(1), digits]) : digits);
}
