import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { dismissToast, toastStore, type Toast } from './toast.ts'

interface ToasterProps {
  label: string
  dismissLabel: string
}

/** Where toasts appear; mounted once. They stay while pointed at or focused. */
export function Toaster({ label, dismissLabel }: ToasterProps) {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.get)
  const ref = useRef<HTMLElement>(null)
  useEffect(() => {
    const host = ref.current
    // Shown anew each time, so a toast lies above a dialog that was opened before it.
    if (host?.matches(':popover-open')) host.hidePopover()
    if (toasts.length > 0) host?.showPopover()
  }, [toasts])
  return (
    <section
      ref={ref}
      popover="manual"
      aria-label={label}
      aria-live="polite"
      aria-relevant="additions"
      className="pointer-events-none fixed inset-x-0 top-[env(safe-area-inset-top)] bottom-auto m-0 hidden w-full flex-col items-center gap-2 border-0 bg-transparent p-4 [&:popover-open]:flex"
    >
      {toasts.map((toast) => (
        <ToastView key={toast.id} toast={toast} dismissLabel={dismissLabel} />
      ))}
    </section>
  )
}

function ToastView({ toast, dismissLabel }: { toast: Toast; dismissLabel: string }) {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(dismissToast, toast.durationMs, toast.id)
    return () => clearTimeout(timer)
  }, [held, toast])
  const { action } = toast
  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex max-w-full items-center gap-3 rounded-card border border-line bg-raised py-2 pl-4 pr-2 text-sm text-ink shadow-float animate-rise sm:max-w-md"
    >
      {toast.tone === 'success' && <CircleCheck className="size-4.5 shrink-0 text-success" />}
      {toast.tone === 'danger' && <CircleAlert className="size-4.5 shrink-0 text-danger" />}
      <span className="min-w-0 py-1 [overflow-wrap:anywhere]">{toast.text}</span>
      {action && (
        <button
          type="button"
          onClick={() => {
            dismissToast(toast.id, true)
            action.onSelect()
          }}
          className="shrink-0 rounded-md px-2 py-1 font-semibold text-accent ring-focus hover:bg-hover"
        >
          {action.label}
        </button>
      )}
      <button
        type="button"
        aria-label={dismissLabel}
        onClick={() => dismissToast(toast.id)}
        className="shrink-0 rounded-md p-1.5 text-muted ring-focus hover:bg-hover hover:text-ink"
      >
        <X className="size-4" />
      </button>
    </div>
  )
}
