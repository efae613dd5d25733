import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, it } from 'vitest'
import { providers } from './providers/registry.ts'

const foundation = ['worker/contract', 'worker/platform', 'worker/db']
const features = [
  'worker/audit',
  'worker/settings',
  'worker/quotas',
  'worker/accounts',
  'worker/api-keys',
  'worker/connections',
]
const pageFoundation = ['worker/contract', 'web/api', 'web/ui', 'web/text']

/**
 * What each part may import besides itself, lowest floor first. A file beside the folders of
 * worker/ or web/ belongs to the top floor: there everything is brought together.
 */
const mayImport: Record<string, readonly string[]> = {
  'worker/contract': [],
  'worker/platform': ['worker/contract'],
  'worker/db': ['worker/contract'],
  'worker/providers': ['worker/contract', 'worker/platform'],
  'worker/audit': foundation,
  'worker/settings': [...foundation, 'worker/audit'],
  'worker/quotas': [...foundation, 'worker/audit', 'worker/settings'],
  'worker/accounts': [...foundation, 'worker/audit', 'worker/settings', 'worker/quotas'],
  'worker/api-keys': [...foundation, 'worker/audit', 'worker/settings', 'worker/accounts'],
  'worker/connections': [
    ...foundation,
    'worker/audit',
    'worker/providers',
    'worker/settings',
    'worker/accounts',
  ],
  'worker/attachments': [...foundation, 'worker/audit', 'worker/settings', 'worker/accounts'],
  'worker/chat': [...foundation, 'worker/providers', ...features, 'worker/attachments'],
  'worker/openai-api': [
    ...foundation,
    'worker/providers',
    ...features,
    'worker/attachments',
    'worker/chat',
  ],
  'worker/admin': [
    ...foundation,
    ...features,
    'worker/attachments',
    'worker/chat',
    'worker/openai-api',
  ],
  'worker/reference': [...foundation, 'worker/openai-api'],
  'worker/operation': [
    ...foundation,
    ...features,
    'worker/attachments',
    'worker/chat',
    'worker/openai-api',
    'worker/admin',
  ],
  worker: [
    ...foundation,
    ...features,
    'worker/attachments',
    'worker/chat',
    'worker/openai-api',
    'worker/admin',
    'worker/reference',
    'worker/operation',
  ],

  'web/text': ['worker/contract'],
  'web/ui': ['worker/contract', 'web/text'],
  'web/api': ['worker/contract', 'web/text'],
  'web/chat': pageFoundation,
  'web/accounts': pageFoundation,
  'web/admin': pageFoundation,
  web: [...pageFoundation, 'web/chat', 'web/accounts', 'web/admin'],
}

/** Longer files, each with the reason why it is not two. */
const longFiles: Record<string, string> = {
  'worker/contract/problems.ts': 'the one list of refusals; it is looked up, not read',
}
const linesMax = 300

it('imports only ever point down', () => {
  const upward = sources().flatMap((file) =>
    importsOf(file)
      .filter((target) => partOf(target) !== partOf(file))
      .filter((target) => !mayImport[partOf(file)]?.includes(partOf(target)))
      .map((target) => `${file} -> ${target}`),
  )
  expect(upward).toEqual([])
})

it('has a floor for every part', () => {
  const unknown = new Set(
    sources()
      .map(partOf)
      .filter((part) => !(part in mayImport)),
  )
  expect([...unknown]).toEqual([])
})

it('is read from the top: no part may import one that may import it', () => {
  const parts = Object.keys(mayImport)
  const upward = parts.flatMap((part, floor) =>
    (mayImport[part] ?? []).filter((other) => parts.indexOf(other) >= floor),
  )
  expect(upward).toEqual([])
})

it('lets the page know nothing of the Worker but the contract, by its one name', () => {
  const other = sources()
    .filter((file) => file.startsWith('web/'))
    .flatMap((file) => specifiersIn(file).map((specifier) => ({ file, specifier })))
    .filter(({ file, specifier }) => specifier.startsWith('.') && leavesWeb(file, specifier))
  expect(other).toEqual([])
})

it('keeps every file short enough to be read at once', () => {
  const long = sources('scripts', 'e2e', 'bench')
    .filter((file) => !(file in longFiles))
    .map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > linesMax)
  expect(long).toEqual([])
})

it('imports nothing from an index but what a platform demands', () => {
  const barrels = sources().filter(
    (file) => /\/index\.tsx?$/.test(file) && file !== 'worker/index.ts',
  )
  expect(barrels).toEqual([])
})

/** What may name a provider beside its own files: each for a reason of its own. */
const namesProviders: Record<string, string> = {
  'worker/providers/registry.ts': 'the one list of adapters',
  'worker/providers/vendors.ts': 'a vendor has the name of its provider',
  'worker/contract/connections.ts': 'the list of vendors',
  'web/chat/fake-model.ts': 'a model of the tests',
  'worker/connections/demo-connection.ts': 'it connects to a server of a known kind',
  'web/accounts/api-keys/example-code.ts': 'a client library has this name',
  'worker/providers/recorded-answers.ts': 'recordings are kept by the names of providers',
  'worker/authorisation-table.ts': 'a body for the tests of who may what',
  'worker/authorisation-actors.ts': 'a connection of those tests',
}

it('knows no provider by name outside of its adapter', () => {
  const named = sources()
    .filter((file) => !(file in namesProviders))
    .flatMap((file) =>
      Object.keys(providers)
        .filter((id) => new RegExp(`(['"\`])${id}\\1`).test(readFileSync(file, 'utf8')))
        .filter((id) => !isOwnFile(file, id))
        .map((id) => `${file} names ${id}`),
    )
  expect(named).toEqual([])
})

/** `azure_openai` lives in `azure-openai.ts` and in files named with a word of it. */
function isOwnFile(file: string, id: string): boolean {
  const [, folder, name = ''] = file.split('/')
  return folder === 'providers' && id.split('_').some((word) => name.includes(word))
}

function partOf(file: string): string {
  const [root = '', folder = '', inner] = file.split('/')
  return inner === undefined ? root : `${root}/${folder}`
}

function sources(...others: string[]): string[] {
  return ['worker', 'web', ...others]
    .filter((root) => existsSync(root))
    .flatMap((root) =>
      readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => join(root, name)),
    )
    .filter(
      (file) =>
        /\.(tsx?|mjs)$/.test(file) && !/\.test\.tsx?$|\.d\.ts$|\/(dist|\.wrangler)\//.test(file),
    )
    .filter((file) => !/\.config\.ts$|worker\/test-(setup|client)\.ts$/.test(file))
}

function specifiersIn(file: string): string[] {
  const source = readFileSync(file, 'utf8')
  const pattern = /(?:\bfrom\s+|\bimport\s*\(?\s*|new URL\(\s*)'([.#][^']+)'/g
  return Array.from(source.matchAll(pattern), ([, specifier = '']) => specifier)
}

function importsOf(file: string): string[] {
  return specifiersIn(file)
    .map((specifier) =>
      specifier.startsWith('#contract/')
        ? specifier.replace('#contract', 'worker/contract')
        : normalize(join(dirname(file), specifier)),
    )
    .filter((target) => target.startsWith('worker/') || target.startsWith('web/'))
}

function leavesWeb(file: string, specifier: string): boolean {
  return !normalize(join(dirname(file), specifier)).startsWith('web/')
}
