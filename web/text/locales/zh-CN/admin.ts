import type { admin as en } from '../en/admin.ts'

export const admin: Record<keyof typeof en, string> = {
  'admin.transfer': '刷新、导出与导入',
  'admin.export': '导出到文件',
  'admin.import': '从文件导入',
  'admin.notJson': '该文件不是从这里导出的。',
  'admin.asDetected': '自动识别',
  'admin.yes': '是',
  'admin.no': '否',
  'admin.refreshAll': '刷新全部模型',
  'admin.refreshed': '{name}：新增 {added}，移除 {removed}，不变 {kept}',
  'admin.refreshFailed': '{name}：{problem}',
  'admin.nothingToRefresh': '没有启用的连接，无需刷新。',
  'connect.kind': '服务商类型',
  'connect.about.openai': 'OpenAI 本身，以及众多兼容其对话接口的服务和本地服务器。',
  'connect.about.openai_responses': 'OpenAI 的新接口，能显示模型的思考过程，其他服务很少支持。',
  'connect.about.azure_openai': '部署在你自己 Azure 资源中的 OpenAI 模型。',
  'connect.about.ollama': '由 Ollama 在你自己的机器上运行的模型。',
  'connect.about.google_genai': 'Google 的 Gemini 模型，来自 AI Studio。',
  'connect.about.anthropic': 'Anthropic 的 Claude 模型。',
  'connect.url.default': '接口的地址，以服务商文档为准。',
  'connect.url.openai':
    'OpenAI 兼容接口的地址，例如 https://api.openai.com/v1。没有路径时会自动补上 /v1。',
  'connect.url.azure_openai':
    'Azure 资源的终结点，在 Azure 门户的“密钥和终结点”中查看，例如 https://my-resource.openai.azure.com。',
  'connect.url.ollama':
    'Ollama 的地址，例如 http://192.168.1.5:11434。内网地址需要先在连接列表下方允许。',
  'connect.url.google_genai': '通常保持不变，只有使用自己的代理时才需要更改。',
  'connect.url.anthropic': '通常保持不变，只有使用自己的代理时才需要更改。',
  'connect.key.default': '在服务商的账号中创建。密钥会加密保存，之后不再显示。',
  'connect.key.openai':
    '在服务商的账号中创建，OpenAI 的在 platform.openai.com/api-keys。密钥会加密保存，之后不再显示。',
  'connect.key.azure_openai':
    '资源的“密钥 1”或“密钥 2”，在 Azure 门户的“密钥和终结点”中查看。密钥会加密保存，之后不再显示。',
  'connect.key.ollama':
    'Ollama 本身不需要，只有前面的代理要求时才填写。密钥会加密保存，之后不再显示。',
  'connect.key.google_genai': '在 aistudio.google.com/apikey 创建。密钥会加密保存，之后不再显示。',
  'connect.key.anthropic':
    '在 console.anthropic.com 的“API keys”中创建。密钥会加密保存，之后不再显示。',
  'connect.authHint': '运行在自己机器上的服务器大多不需要密钥。',
  'connect.vendorHint': '使用哪家的方言。通常由地址判断；地址是代理时请在此选择。',
  'connect.nameHint': '在模型选择器中作为其模型的分组名称。',
  'connect.azureApiVersion': 'API 版本',
  'connect.azureApiVersionHint':
    '形如 2024-10-21 的日期，或用 v1 表示无版本接口。留空则为 2024-10-21。',
  'connect.numCtx': '上下文长度',
  'connect.numCtxHint':
    '加载模型时的 token 数（num_ctx），例如 16384。越大占用内存越多。留空则按每个对话的需要。',
  'connect.numCtxUnfit': '请填写 {min} 到 {max} 之间的整数，或留空。',
  'connect.modelIdsHint':
    '服务商使用的模型标识，每行一个，例如 gpt-4o。留空则使用服务商列出的全部模型。',
  'connect.modelIds.azure_openai': '部署',
  'connect.modelIdsHint.azure_openai':
    '你为部署取的名称，每行一个。名称看不出是哪个模型时请注明：chat-prod=gpt-4o。',
  'connect.prefixHint':
    '加在每个模型名称之前，让两个连接可以提供同名模型：填写 eu 会得到 eu.gpt-4o。',
  'connect.tagsHint':
    '用于查找和归类模型的词，用逗号分隔，例如 fast, internal。与能力同名的标签（如 vision）会赋予该能力。',
  'connect.capabilities': '模型的能力',
  'connect.capabilitiesHint':
    '仅当自动识别对所有模型都不对时才需要设置。单个模型请在模型页面修改。',
  'connect.headersHint':
    '随每个请求发送，例如组织标识或代理所需的内容。其值会加密保存，之后不再显示。',
  'connect.useAddress': '使用 {address}',
  'connect.keyMissing': '缺少密钥',
  'connect.keyMissingText': '该连接需要密钥，但没有存储。请编辑并填写密钥，在此之前无法使用。',
  'connect.refresh': '刷新模型',
  'connect.refreshedAt': '模型获取于 {when}',
  'connect.imported': '已导入',
  'connect.import.created': '{name}：已创建',
  'connect.import.exists': '{name}：已存在',
  'connect.import.refused': '{name}：已拒绝，其地址不允许连接',
  'connect.importKeys': '文件中不含密钥，请为每个连接分别填写。',
}
