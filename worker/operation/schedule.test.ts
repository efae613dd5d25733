import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { everyOfCron } from './schedule.ts'

it('knows every line of the schedule that Cloudflare goes by, and no other', () => {
  const [, crons = ''] = /^crons = (\[.*\])$/m.exec(readFileSync('wrangler.toml', 'utf8')) ?? []
  expect(JSON.parse(crons)).toEqual(Object.keys(everyOfCron))
})
