export const talk = {
  'setting.chat.systemPrompt': 'Instructions for every model',
  'setting.chat.systemPrompt.hint':
    'Every model is told this at the beginning of every conversation.',
  'setting.chat.systemPrompt.empty': 'None',
  'setting.chat.systemPromptLengthMax': 'Longest instructions',
  'setting.chat.systemPromptLengthMax.hint':
    'For the instructions above, those of a conversation, and what people say about themselves.',
  'setting.chat.messageLengthMax': 'Longest message',
  'setting.chat.messageLengthMax.hint': 'How much one may write at once.',
  'setting.chat.temperature': 'Temperature',
  'setting.chat.temperature.hint':
    'Low: answers are more alike and predictable. High: more varied.',
  'setting.chat.temperature.null': 'As the provider sets it',
  'setting.chat.concurrentRepliesMax': 'Answers at the same time',
  'setting.chat.concurrentRepliesMax.hint': 'How many may be written for one person at once.',
  'setting.chat.concurrentRepliesMax.null': 'No limit',
  'setting.chat.repliesPerMessageMax': 'Answers to one message',
  'setting.chat.repliesPerMessageMax.hint':
    'How many are kept when somebody has it answered again and again. The oldest goes first.',
  'setting.chat.historyMessagesMax': 'Messages a model is told',
  'setting.chat.historyMessagesMax.hint':
    'Of a long conversation only the newest. The model’s context window may hold fewer.',
  'setting.chat.customRequest': 'Own request fields',
  'setting.chat.customRequest.hint':
    'Who may send further fields along to a provider, such as parameters not offered here.',
  'setting.chat.customRequest.nobody': 'Nobody',
  'setting.chat.customRequest.admins': 'Administrators',
  'setting.chat.customRequest.users': 'All users',
  'setting.titles.mode': 'Titles of conversations',
  'setting.titles.mode.hint': 'A model takes a few tokens for each, and finds better ones.',
  'setting.titles.mode.derive': 'From the first message',
  'setting.titles.mode.model': 'Written by a model',
  'setting.titles.lengthMax': 'Longest title',
  'setting.titles.lengthMax.hint': 'Longer ones are cut.',
  'setting.titles.modelId': 'Model that writes titles',
  'setting.titles.modelId.hint': 'A small, fast one is enough. Used only if a model writes them.',
  'setting.titles.modelId.null': 'The model of the conversation',

  'setting.models.ttlMinutes': 'Fetch lists of models every',
  'setting.models.ttlMinutes.hint': 'So long a connection’s list counts as fresh.',
  'setting.models.contextTokensDefault': 'Context window',
  'setting.models.contextTokensDefault.hint':
    'Assumed for models of which nobody says how much they can take in.',
  'setting.models.outputTokensDefault': 'Longest answer',
  'setting.models.outputTokensDefault.hint':
    'Assumed for models of which nobody says how much they can write.',
  'setting.models.outputTokensDefault.null': 'As the provider sets it',
  'setting.usage.currency': 'Currency',
  'setting.usage.currency.hint': 'Of the prices of models, in three letters, such as USD.',

  'setting.reasoning.enabled': 'Reasoning',
  'setting.reasoning.enabled.hint':
    'Models that can think before they answer do so, unless somebody chooses otherwise.',
  'setting.reasoning.effort': 'How much models reason',
  'setting.reasoning.effort.hint':
    'Models that offer levels of effort. Each conversation can choose its own.',
  'setting.reasoning.effort.unset': 'Automatic',
  'setting.reasoning.effort.none': 'None',
  'setting.reasoning.effort.minimal': 'Minimal',
  'setting.reasoning.effort.low': 'Low',
  'setting.reasoning.effort.medium': 'Medium',
  'setting.reasoning.effort.high': 'High',
  'setting.reasoning.effort.xhigh': 'Very high',
  'setting.reasoning.effort.max': 'Highest',
  'setting.reasoning.ollamaThink': 'How much models think',
  'setting.reasoning.ollamaThink.hint':
    'Models with a way of thinking of their own, as those of Ollama. Each conversation can choose its own.',
  'setting.reasoning.ollamaThink.unset': 'Automatic',
  'setting.reasoning.ollamaThink.off': 'Off',
  'setting.reasoning.ollamaThink.on': 'On',
  'setting.reasoning.ollamaThink.low': 'Low',
  'setting.reasoning.ollamaThink.medium': 'Medium',
  'setting.reasoning.ollamaThink.high': 'High',
  'setting.reasoning.ollamaThink.max': 'Highest',
  'setting.reasoning.save': 'Keep reasoning',
  'setting.reasoning.save.hint':
    'What a model thought stays with its answer. Otherwise it is only seen while it is written.',
  'setting.reasoning.expand': 'Show reasoning unfolded',
  'setting.reasoning.expand.hint': 'For everybody who has not chosen.',
  'setting.reasoning.tags': 'Reasoning within answers',
  'setting.reasoning.tags.hint':
    'Some models write what they think into the answer, between tags such as <think>.',
  'setting.reasoning.tags.default': 'Find the usual tags',
  'setting.reasoning.tags.custom': 'Find tags of my own',
  'setting.reasoning.tags.off': 'Leave it as it is',
  'setting.reasoning.customTags': 'Own tags',
  'setting.reasoning.customTags.hint':
    'What stands before reasoning and what behind it. They count if own tags are chosen above.',
} as const
