interface FloorBindings {
  /** The upstream's base URL, ending in /v1. */
  UPSTREAM: string
}

const model = /"model"\s*:\s*"(?:[^"\\]|\\.)*"/g
const secret = /sk-[A-Za-z0-9]{20,}/g
/** So much may wait for a slow reader. */
const bytesAheadMax = 64 * 1024

/**
 * The least a Worker can do that has to read what it hands on: every piece is decoded, searched,
 * changed and encoded. Nobody is asked for a key, nothing is counted and nothing stored.
 */
export default {
  async fetch(request, env, context) {
    const response = await fetch(`${env.UPSTREAM}/chat/completions`, request)
    const { readable, writable } = new IdentityTransformStream({ highWaterMark: bytesAheadMax })
    if (response.body) context.waitUntil(change(response.body.getReader(), writable.getWriter()))
    return new Response(readable, response)
  },
} satisfies ExportedHandler<FloorBindings>

async function change(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  writer: WritableStreamDefaultWriter<Uint8Array>,
): Promise<void> {
  const decoder = new TextDecoder()
  const encoder = new TextEncoder()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return writer.close()
    const text = decoder.decode(value, { stream: true })
    const changed = text.replace(model, '"model":"another"').replace(secret, '***')
    const written = writer.write(encoder.encode(changed)).catch(() => {})
    if ((writer.desiredSize ?? 1) <= 0) await written
  }
}
