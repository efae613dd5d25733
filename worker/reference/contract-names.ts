import type * as z from 'zod/mini'
import * as accounts from '../contract/accounts.ts'
import * as actor from '../contract/actor.ts'
import * as apiKeys from '../contract/api-keys.ts'
import * as attachments from '../contract/attachments.ts'
import * as audit from '../contract/audit.ts'
import * as branding from '../contract/branding.ts'
import * as chat from '../contract/chat.ts'
import * as connections from '../contract/connections.ts'
import * as conversations from '../contract/conversations.ts'
import * as exportFile from '../contract/export-file.ts'
import * as generationEvents from '../contract/generation-events.ts'
import * as health from '../contract/health.ts'
import * as jobs from '../contract/jobs.ts'
import * as message from '../contract/message.ts'
import * as models from '../contract/models.ts'
import * as parts from '../contract/parts.ts'
import * as preferences from '../contract/preferences.ts'
import * as problems from '../contract/problems.ts'
import * as quotas from '../contract/quotas.ts'
import * as reasoning from '../contract/reasoning.ts'
import * as reference from '../contract/reference.ts'
import * as settings from '../contract/settings.ts'
import * as usage from '../contract/usage.ts'
import * as users from '../contract/users.ts'
import * as repliesOfV1 from './v1-replies.ts'

const modules: Record<string, unknown>[] = [
  accounts,
  actor,
  apiKeys,
  attachments,
  audit,
  branding,
  chat,
  connections,
  conversations,
  exportFile,
  generationEvents,
  health,
  jobs,
  message,
  models,
  parts,
  preferences,
  problems,
  quotas,
  reasoning,
  reference,
  settings,
  usage,
  users,
  repliesOfV1,
]

/** The contract's schemas by the names it gives them, by which a document can refer to them. */
export const schemas = new Map<string, z.core.$ZodType>()
/** What the contract calls its endpoints, by `METHOD path`. */
export const endpointNames = new Map<string, string>()

for (const [name, value] of modules.flatMap((module) => Object.entries(module))) {
  if (isSchema(value)) schemas.set(name, value)
  else if (isEndpoint(value)) endpointNames.set(`${value.method} ${value.path}`, name)
}

// By its mark: to ask for its class would bring the whole library along.
function isSchema(value: unknown): value is z.core.$ZodType {
  return typeof value === 'object' && value !== null && '_zod' in value
}

function isEndpoint(value: unknown): value is { method: string; path: string } {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value
}
