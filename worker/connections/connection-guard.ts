import type { AddressGuard } from '../platform/address-guard.ts'
import { resolveOverHttps } from '../platform/dns-over-https.ts'
import { deploymentOf, type Bindings } from '../platform/env.ts'

/** What a connection may call: the address guard with this deployment's and settings' exceptions. */
export function connectionGuard(env: Bindings, allowPrivateHosts: boolean): AddressGuard {
  const { demoUpstream, isDevelopment } = deploymentOf(env)
  return {
    audience: 'connection',
    allowPrivateHosts,
    allowedOrigins: demoUpstream === null ? [] : [demoUpstream],
    resolve: isDevelopment ? null : resolveOverHttps,
  }
}
