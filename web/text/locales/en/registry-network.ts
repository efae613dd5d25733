export const network = {
  'setting.stream.heartbeatMs': 'Sign of life',
  'setting.stream.heartbeatMs.hint':
    'How often a waiting browser is told that an answer is still being written.',
  'setting.stream.coalesceMs': 'Gather text for',
  'setting.stream.coalesceMs.hint':
    'So long text is gathered before it is stored and shown. Shorter means more work for the storage.',
  'setting.provider.initialGraceMs': 'Wait for the first sign',
  'setting.provider.initialGraceMs.hint':
    'How long a provider may take until it sends anything. Large models on slow machines need long.',
  'setting.provider.idleMs': 'Silence within an answer',
  'setting.provider.idleMs.hint': 'An answer ends as interrupted when nothing comes for this long.',
  'setting.provider.reasoningIdleMs': 'Silence while reasoning',
  'setting.provider.reasoningIdleMs.hint': 'The same while a model is thinking.',
  'setting.provider.timeoutMs': 'Longest time for an answer',
  'setting.provider.timeoutMs.hint': 'Then it ends, however much is still to come.',
  'setting.provider.retries': 'Repeat a failed request',
  'setting.provider.retries.hint':
    'How often, when a provider fails before anything was shown. 0 means never.',
  'setting.provider.fallback': 'Ask for the answer in one piece',
  'setting.provider.fallback.hint':
    'When a provider fails to send an answer bit by bit, it is asked once more for all of it.',
  'setting.provider.allowPrivateHosts': 'Allow private addresses',
  'setting.provider.allowPrivateHosts.hint':
    'Lets connections use http and addresses inside your own network, such as a model on a machine next to this one. Leave it off if this installation stands in the cloud.',
  'setting.usage.emit': 'Show token counts',
  'setting.usage.emit.hint': 'Says with each answer how many tokens it took.',
  'setting.usage.providerOnly': 'No estimates of tokens',
  'setting.usage.providerOnly.hint':
    'When a provider does not say how many tokens an answer took, nothing is said about it.',
} as const
