// Loaded into the programs the supervisor starts (`node --import`). Descriptor 3 leads to the
// supervisor; it ends when the supervisor does, however that happened, and then the whole group
// goes too: a killed supervisor leaves no server behind that nobody watches and nobody stops.
import { Socket } from 'node:net'
import { isMainThread } from 'node:worker_threads'

if (isMainThread) {
  const leash = new Socket({ fd: 3 })
  leash.on('close', () => process.kill(0, 'SIGKILL'))
  leash.resume()
  leash.unref()
}
