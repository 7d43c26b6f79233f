import { gzipSync } from 'node:zlib';

/** A zip archive with one executable in it, written out so that the tests need no archiver. */
export function zipOf(name: string, content: Buffer | string): Buffer {
  const data = Buffer.from(content);
  const crc = gzipSync(data).readUInt32LE(gzipSync(data).length - 8);
  const shared = Buffer.concat([
    ...[20, 0, 0, 0, 0].map(u16),
    u32(crc),
    u32(data.length),
    u32(data.length),
    u16(name.length),
    u16(0),
  ]);
  const local = Buffer.concat([u32(0x04034b50), shared, Buffer.from(name), data]);
  const executable = (0o100755 << 16) >>> 0;
  const madeOnUnix = u16((3 << 8) | 20);
  const central = Buffer.concat([
    ...[u32(0x02014b50), madeOnUnix, shared, u16(0), u16(0), u16(0), u32(executable), u32(0)],
    Buffer.from(name),
  ]);
  const end = [
    u32(0x06054b50),
    u16(0),
    u16(0),
    u16(1),
    u16(1),
    u32(central.length),
    u32(local.length),
    u16(0),
  ];
  return Buffer.concat([local, central, ...end]);
}

function u16(value: number): Buffer {
  return Buffer.from([value & 0xff, value >>> 8]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
