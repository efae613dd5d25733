import { crc32, deflateSync } from 'node:zlib'

/** A file as Playwright gives it to a page. */
export interface ImageFile {
  name: string
  mimeType: string
  buffer: Buffer
}

/** A picture of one grey; each `shade` makes other bytes. */
export function greyPng(name: string, shade: number, width = 40, height = 30): ImageFile {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const rows = Buffer.alloc((width + 1) * height, shade * 3)
  for (let row = 0; row < height; row++) rows[row * (width + 1)] = 0
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND')]
  const buffer = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks])
  return { name: `${name}.png`, mimeType: 'image/png', buffer }
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  framed.set(body, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** Width and height, as a PNG says in its header. */
export function sizeOfPng(image: Buffer): [number, number] {
  return [image.readUInt32BE(16), image.readUInt32BE(20)]
}
