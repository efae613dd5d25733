import { classNames } from './class-names.ts'

interface BrandMarkProps {
  logoUrl: string | null
  /** Its height, and how wide a logo of another shape than a square may be. */
  className: string
}

/** The installation's logo, or the product's own in the accent colour. */
export function BrandMark({ logoUrl, className }: BrandMarkProps) {
  if (logoUrl) {
    return (
      <img
        src={logoUrl}
        alt=""
        className={classNames('w-auto shrink-0 object-contain', className)}
      />
    )
  }
  return (
    <svg
      aria-hidden
      viewBox="0 0 32 32"
      className={classNames('aspect-square shrink-0', className)}
    >
      <rect width="32" height="32" rx="9" className="fill-(--accent-solid)" />
      <path
        d="M9 11.5A3.5 3.5 0 0 1 12.5 8h7a3.5 3.5 0 0 1 3.5 3.5v5a3.5 3.5 0 0 1-3.5 3.5H16l-4.2 3.3a.5.5 0 0 1-.8-.4V19.700A3.500 3.500 0 0 1 9 16.500Z"
        className="fill-(--accent-on)"
      />
    </svg>
  )
}
