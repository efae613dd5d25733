import { createDemoModel } from './demo-model/server.ts'

// `node scripts/demo-model.ts PORT`: the demo model on loopback, for this machine only.

const port = Number(process.argv[2])
if (!Number.isInteger(port)) throw new Error('Say which port: node scripts/demo-model.ts PORT')
createDemoModel().listen(port, '127.0.0.1', () => {
  console.log(`The demo model answers at http://127.0.0.1:${port}/v1`)
})
