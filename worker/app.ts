import { Hono } from 'hono'
import { accounts } from './accounts/routes.ts'
import { authenticate, keepAlive } from './accounts/authenticate.ts'
import { recogniseGuest } from './accounts/recognise-guest.ts'
import { admin } from './admin/routes.ts'
import { apiKeyRoutes } from './api-keys/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { avatars } from './attachments/avatar-routes.ts'
import { brandImages } from './attachments/brand-images.ts'
import { attachments } from './attachments/routes.ts'
import { chat } from './chat/routes.ts'
import { modelRoutes } from './connections/model-routes.ts'
import { connections } from './connections/routes.ts'
import { titleModelFault } from './connections/title-model.ts'
import { admit, damp } from './admit.ts'
import { jobRoutes } from './operation/job-routes.ts'
import { openAiApi } from './openai-api/routes.ts'
import { operation } from './operation/routes.ts'
import { onError, onNotFound, type AppEnv } from './platform/serve.ts'
import { reference } from './reference/routes.ts'
import { rememberReplies } from './remember-replies.ts'
import { applySettings, settingsRoutes } from './settings/routes.ts'

/** The table of contents: what every request passes, then each feature's routes. */
export const app = new Hono<AppEnv>()

app.use(admit)
app.route('/', operation)
app.route('/', reference)
// It has keys in place of sessions, and answers in the words of another API.
app.route('/v1', openAiApi)
// Two questions to the database that need not wait for each other.
app.use(async (context, next) => {
  const [session] = await Promise.all([authenticate(context), applySettings(context)])
  if (session) await keepAlive(context, session)
  else await recogniseGuest(context)
  await next()
})
app.use(damp)
app.use(rememberReplies)
app.route('/', accounts)
app.route('/', admin)
app.route('/', apiKeyRoutes)
app.route('/', auditRoutes)
app.route('/', settingsRoutes(titleModelFault))
app.route('/', connections)
app.route('/', modelRoutes)
app.route('/', avatars)
app.route('/', brandImages)
app.route('/', attachments)
app.route('/', chat)
app.route('/', jobRoutes)

app.notFound(onNotFound)
app.onError(onError)
