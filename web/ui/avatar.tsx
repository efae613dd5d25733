import { classNames } from './class-names.ts'

interface AvatarProps {
  username: string
  url: string | null
  className?: string
}

/** The picture of an account, or the first letter of its name. */
export function Avatar({ username, url, className }: AvatarProps) {
  const shape = classNames('size-8 shrink-0 rounded-full object-cover', className)
  if (url) return <img src={url} alt="" className={shape} />
  return (
    <span
      aria-hidden
      className={classNames(
        'flex items-center justify-center bg-accent font-semibold text-on-accent uppercase',
        '@container',
        shape,
      )}
    >
      <span className="text-[44cqi]">{username.slice(0, 1)}</span>
    </span>
  )
}
