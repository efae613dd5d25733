import { Fault } from '../platform/fault.ts'

/** The refusal of a field that does not fit. */
export function invalidField(path: string, message: string): Fault {
  return new Fault('invalid_request', { errors: [{ path, message }] })
}

/** The refusal of a field that fits, but not this model or this installation. */
export function unsupportedField(
  path: string,
  message = `Unsupported parameter: '${path}' is not supported with this model.`,
): Fault {
  return new Fault('invalid_request', { parameter: path, errors: [{ path: '', message }] })
}
