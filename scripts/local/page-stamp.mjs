import { join } from 'node:path'
import { stampOf } from './stamp.mjs'

/**
 * What the built page was made from. The stamp lies with the page: who deletes one deletes both.
 * @param {string} root
 */
export function pageStamp(root) {
  const sources = [
    'web',
    'worker/contract',
    'package.json',
    'package-lock.json',
    'tsconfig.base.json',
  ]
  return stampOf(root, sources, join(root, 'web/dist/.stamp'))
}
