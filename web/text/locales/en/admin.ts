export const admin = {
  'admin.transfer': 'Refresh, export and import',
  'admin.export': 'Export to a file',
  'admin.import': 'Import from a file',
  'admin.notJson': 'This file is not one that was exported here.',
  'admin.asDetected': 'As detected',
  'admin.yes': 'Yes',
  'admin.no': 'No',
  'admin.refreshAll': 'Refresh all models',
  'admin.refreshed': '{name}: {added} added, {removed} removed, {kept} unchanged',
  'admin.refreshFailed': '{name}: {problem}',
  'admin.nothingToRefresh': 'No connection is enabled, so there was nothing to refresh.',
  'connect.kind': 'Kind of provider',
  'connect.about.openai':
    'OpenAI itself and the many services and local servers that speak its chat completions.',
  'connect.about.openai_responses':
    'OpenAI’s newer interface, which shows how its models reason. Few other services have it.',
  'connect.about.azure_openai': 'OpenAI’s models as deployments of your own in Azure.',
  'connect.about.ollama': 'Models on a machine of your own, run by Ollama.',
  'connect.about.google_genai': 'Google’s Gemini models, from AI Studio.',
  'connect.about.anthropic': 'Anthropic’s Claude models.',
  'connect.url.default': 'The address of the interface, as the provider’s documentation names it.',
  'connect.url.openai':
    'Of an OpenAI-compatible interface, for example https://api.openai.com/v1. Without a path, /v1 is added.',
  'connect.url.azure_openai':
    'The endpoint of the Azure resource, found in the Azure portal under “Keys and Endpoint”, for example https://my-resource.openai.azure.com.',
  'connect.url.ollama':
    'Where Ollama answers, for example http://192.168.1.5:11434. An address in your own network has to be allowed first, below the list of connections.',
  'connect.url.google_genai':
    'Usually as it is here. Another address is only needed for a proxy of your own.',
  'connect.url.anthropic':
    'Usually as it is here. Another address is only needed for a proxy of your own.',
  'connect.key.default': 'Made in your account with the provider. It is encrypted and never shown.',
  'connect.key.openai':
    'Made in your account with the provider; for OpenAI at platform.openai.com/api-keys. It is encrypted and never shown.',
  'connect.key.azure_openai':
    '“Key 1” or “Key 2” of the resource, in the Azure portal under “Keys and Endpoint”. It is encrypted and never shown.',
  'connect.key.ollama':
    'Ollama itself needs none. Only where a proxy before it asks for one. It is encrypted and never shown.',
  'connect.key.google_genai':
    'Made at aistudio.google.com/apikey. It is encrypted and never shown.',
  'connect.key.anthropic':
    'Made at console.anthropic.com under “API keys”. It is encrypted and never shown.',
  'connect.authHint': 'Servers on a machine of your own mostly need no key.',
  'connect.vendorHint':
    'Whose dialect is spoken. The address usually tells; choose it where the address is that of a proxy.',
  'connect.nameHint': 'What the group of its models is called in the model selector.',
  'connect.azureApiVersion': 'API version',
  'connect.azureApiVersionHint':
    'A date such as 2024-10-21, or v1 for the interface without versions. Empty: 2024-10-21.',
  'connect.numCtx': 'Context length',
  'connect.numCtxHint':
    'Tokens a model is loaded with (num_ctx), for example 16384. More takes more memory. Empty: as much as each conversation needs.',
  'connect.numCtxUnfit': 'A whole number from {min} to {max}, or nothing.',
  'connect.modelIdsHint':
    'Ids as the provider writes them, one per line, for example gpt-4o. Empty: all the provider lists.',
  'connect.modelIds.azure_openai': 'Deployments',
  'connect.modelIdsHint.azure_openai':
    'The names you gave your deployments, one per line. When a name does not tell which model it is, add that: chat-prod=gpt-4o.',
  'connect.prefixHint':
    'Stands before the name of each model, so that two connections can offer the same one: “eu” makes eu.gpt-4o.',
  'connect.tagsHint':
    'Words to find and sort its models by, separated by commas, for example fast, internal. A tag named like an ability, such as vision, gives it.',
  'connect.capabilities': 'What its models can do',
  'connect.capabilitiesHint':
    'Only where what is detected is wrong for all of them. A single model is changed on the models page.',
  'connect.headersHint':
    'Sent with every request, for example an organisation or what a proxy asks for. Values are encrypted and never shown.',
  'connect.useAddress': 'Use {address}',
  'connect.keyMissing': 'Key missing',
  'connect.keyMissingText':
    'It signs in with a key and has none stored. Edit it and enter the key; until then it cannot be used.',
  'connect.refresh': 'Refresh models',
  'connect.refreshedAt': 'Models fetched {when}',
  'connect.imported': 'Imported',
  'connect.import.created': '{name}: created',
  'connect.import.exists': '{name}: is there already',
  'connect.import.refused': '{name}: refused, its address may not be connected',
  'connect.importKeys': 'Keys are not part of the file. Enter them for each connection.',
} as const
