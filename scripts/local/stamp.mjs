import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Remembers what something was made from, so that it is made again only when that changed.
 * Contents are compared, not times: a checkout touches everything, a copied folder nothing.
 * @param {string} root
 * @param {string[]} sources files and folders, relative to root
 * @param {string} file where the stamp is kept; it must vanish together with what was made
 */
export function stampOf(root, sources, file) {
  return {
    isCurrent: () => existsSync(file) && readFileSync(file, 'utf8') === digestOf(root, sources),
    renew: () => writeFileSync(file, digestOf(root, sources)),
  }
}

/**
 * One number for the names and contents of files and folders. Tests and build results do not count.
 * @param {string} root
 * @param {string[]} paths
 */
export function digestOf(root, paths) {
  const digest = createHash('sha256')
  for (const path of paths.flatMap((path) => filesUnder(root, path))) {
    digest
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0')
  }
  return digest.digest('hex')
}

/** @param {string} root @param {string} path @returns {string[]} */
function filesUnder(root, path) {
  const isLeftOut = /(^|\/)(dist|node_modules|\.wrangler)$|\.test\./.test(path)
  if (isLeftOut || !existsSync(join(root, path))) return []
  if (!statSync(join(root, path)).isDirectory()) return [path]
  const names = readdirSync(join(root, path)).toSorted()
  return names.flatMap((name) => filesUnder(root, `${path}/${name}`))
}
