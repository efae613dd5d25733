import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openLog } from './log-file.mjs'

const folder = mkdtempSync(join(tmpdir(), 'aichat-local-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the log', () => {
  it('keeps the newest lines within two bounded files', () => {
    const log = openLog(join(folder, 'x.log'))
    for (let line = 0; line < 80; line++) log.write(`${line} ${'x'.repeat(99_990)}\n`)
    log.write('the last line\n')
    expect(log.tail(1)).toBe('the last line')
    const bytes = statSync(log.path).size + statSync(`${log.path}.1`).size
    expect(bytes).toBeLessThan(4_300_000)
  })
})
