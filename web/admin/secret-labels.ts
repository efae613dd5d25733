import { t } from '../text/i18n.ts'

/** The words a secret's field needs, in the current language. */
export function secretLabels() {
  return {
    replace: t('secret.replace'),
    clear: t('secret.clear'),
    keep: t('secret.keep'),
    show: t('secret.show'),
    hide: t('secret.hide'),
  }
}
