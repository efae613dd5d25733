import { Fault } from './fault.ts'

/** The bindings of wrangler.toml and the secrets and variables it does not list. */
export type Bindings = Omit<
  Env,
  'ENVIRONMENT' | 'ALLOWED_ORIGINS' | 'LOG_LEVEL' | 'APP_VERSION'
> & {
  JWT_SECRET?: string
  CREDENTIALS_KEY?: string
  CREDENTIALS_KEY_PREVIOUS?: string
  SETUP_TOKEN?: string
  ENVIRONMENT?: string
  ALLOWED_ORIGINS?: string
  LOG_LEVEL?: string
  APP_VERSION?: string
  /** Read only in development. */
  DAMPING?: string
  DEMO_UPSTREAM?: string
}

export interface Deployment {
  jwtSecret: Uint8Array
  /** 32 bytes, base64. */
  credentialsKey: string
  credentialsKeyPrevious: string | null
  setupToken: string | null
  isDevelopment: boolean
  allowedOrigins: readonly string[]
  damping: boolean
  /** The loopback origin of the built-in demo model; null outside development. */
  demoUpstream: string | null
}

const read = new WeakMap<object, Deployment>()

/** The deployment's values, parsed once per isolate. Refuses `misconfigured`, naming what lacks. */
export function deploymentOf(env: Bindings): Deployment {
  const known = read.get(env)
  if (known) return known
  const missing = missingSecrets(env)
  if (missing.length > 0) throw new Fault('misconfigured', { missing })
  const isDevelopment = env.ENVIRONMENT === 'development'
  const deployment: Deployment = {
    jwtSecret: new TextEncoder().encode(env.JWT_SECRET),
    credentialsKey: env.CREDENTIALS_KEY ?? '',
    credentialsKeyPrevious: env.CREDENTIALS_KEY_PREVIOUS || null,
    setupToken: env.SETUP_TOKEN || null,
    isDevelopment,
    allowedOrigins: (env.ALLOWED_ORIGINS ?? '')
      .split(',')
      .map((origin) => origin.trim())
      .filter(Boolean),
    damping: !(isDevelopment && env.DAMPING === 'off'),
    demoUpstream: isDevelopment ? loopbackOrigin(env.DEMO_UPSTREAM) : null,
  }
  read.set(env, deployment)
  return deployment
}

function missingSecrets(env: Bindings): string[] {
  const missing: string[] = []
  if (new TextEncoder().encode(env.JWT_SECRET ?? '').length < 32) missing.push('JWT_SECRET')
  if (!isKey(env.CREDENTIALS_KEY)) missing.push('CREDENTIALS_KEY')
  return missing
}

function isKey(value: string | undefined): boolean {
  try {
    return atob(value ?? '').length === 32
  } catch {
    return false
  }
}

function loopbackOrigin(value: string | undefined): string | null {
  if (!value || !URL.canParse(value)) return null
  const { hostname, origin } = new URL(value)
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname) ? origin : null
}
