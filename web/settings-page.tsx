import type { SettingsSection } from './ui/navigation.tsx'

export default function SettingsPage({ section }: { section: SettingsSection | null }) {
  return <h1>{section}</h1>
}
