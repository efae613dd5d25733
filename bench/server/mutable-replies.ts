/**
 * Loaded into Portkey before it starts: it writes into the headers of replies it has fetched, which
 * the Node of this repository refuses. Once for each reply, so it costs no token anything.
 */
const sendRequest = globalThis.fetch
globalThis.fetch = async (...given) => {
  const reply = await sendRequest(...given)
  return new Response(reply.body, reply)
}
