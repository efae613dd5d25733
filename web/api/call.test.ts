import { afterEach, expect, it, vi } from 'vitest'
import { headersFor } from './call.ts'

afterEach(() => vi.unstubAllGlobals())

it('asks for words in the language the page will be in, before its texts are there', () => {
  vi.stubGlobal('localStorage', { getItem: () => 'zh-CN' })
  expect(headersFor(false)).toEqual({ 'accept-language': 'zh-CN' })

  vi.stubGlobal('localStorage', { getItem: () => 'en' })
  expect(headersFor(true)).toEqual({
    'accept-language': 'en',
    'content-type': 'application/json',
  })
})
