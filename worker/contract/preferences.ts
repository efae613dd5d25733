import * as z from 'zod/mini'
import { idSchema } from './ids.ts'
import { Reasoning, ReasoningPatch } from './reasoning.ts'
import { isTimeZone } from './time-zone.ts'

const models = z.array(idSchema('model'))

const fields = {
  theme: z.nullable(z.enum(['system', 'light', 'dark'])),
  language: z.nullable(z.enum(['auto', 'zh-CN', 'en'])),
  timeZone: z.nullable(z.string().check(z.maxLength(64))),
  fontSize: z.enum(['small', 'normal', 'large']),
  sendKey: z.enum(['enter', 'ctrl-enter']),
  personalPrompt: z.nullable(z.string().check(z.maxLength(100_000))),
  preferredModelId: z.nullable(idSchema('model')),
  favouriteModelIds: models.check(z.maxLength(50)),
  recentModelIds: models.check(z.maxLength(3)),
  contextEnabled: z.boolean(),
  reasoning: Reasoning,
  webSearch: z.boolean(),
  reasoningExpand: z.nullable(z.boolean()),
  showMetrics: z.boolean(),
  notifications: z.boolean(),
  originalImages: z.boolean(),
  sidebarCollapsed: z.boolean(),
  detailsOpen: z.boolean(),
}

/** A user's own choices; null in `theme` and `language` follows the installation. */
export const Preferences = z.object(fields)
export type Preferences = z.infer<typeof Preferences>

export const PreferencesPatch = z.partial(
  z.strictObject({
    ...fields,
    timeZone: z.nullable(
      z.string().check(z.maxLength(64), z.refine(isTimeZone, 'Not a time zone.')),
    ),
    reasoning: ReasoningPatch,
  }),
)
export type PreferencesPatch = z.infer<typeof PreferencesPatch>

export const preferencesDefault: Preferences = {
  theme: null,
  language: null,
  timeZone: null,
  fontSize: 'normal',
  sendKey: 'enter',
  personalPrompt: null,
  preferredModelId: null,
  favouriteModelIds: [],
  recentModelIds: [],
  contextEnabled: true,
  reasoning: { enabled: null, effort: null, think: null },
  webSearch: false,
  reasoningExpand: null,
  showMetrics: true,
  notifications: false,
  originalImages: false,
  sidebarCollapsed: false,
  detailsOpen: false,
}
