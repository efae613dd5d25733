import { PasswordForm } from './password-form.tsx'
import { SessionList } from './session-list.tsx'

/** The password, and where one is signed in. */
export function SecuritySection() {
  return (
    <>
      <PasswordForm />
      <SessionList />
    </>
  )
}
