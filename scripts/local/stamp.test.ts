import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { stampOf } from './stamp.mjs'

const folder = mkdtempSync(join(tmpdir(), 'aichat-local-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a stamp', () => {
  it('is current until a source changes, whatever the clock says', () => {
    mkdirSync(join(folder, 'src/dist'), { recursive: true })
    writeFileSync(join(folder, 'src/a.ts'), '1')
    const stamp = stampOf(folder, ['src', 'absent'], join(folder, 'stamp'))
    expect(stamp.isCurrent()).toBe(false)
    stamp.renew()
    writeFileSync(join(folder, 'src/a.ts'), '1')
    writeFileSync(join(folder, 'src/dist/built.js'), 'x')
    writeFileSync(join(folder, 'src/a.test.ts'), 'x')
    expect(stamp.isCurrent()).toBe(true)
    writeFileSync(join(folder, 'src/b.ts'), '')
    expect(stamp.isCurrent()).toBe(false)
  })
})
