import { PasswordForm } from './password-form.tsx'
import { SessionList } from './session-list.tsx'
import { UsernameForm } from './username-form.tsx'

/** Name and password, and where one is signed in. */
export function SecuritySection() {
  return (
    <>
      <UsernameForm />
      <PasswordForm />
      <SessionList />
    </>
  )
}
