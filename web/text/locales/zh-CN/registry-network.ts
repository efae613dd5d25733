import type { network as en } from '../en/registry-network.ts'

export const network = {
  'setting.stream.heartbeatMs': '保持联系',
  'setting.stream.heartbeatMs.hint': '每隔多久告知等待中的浏览器回答仍在进行。',
  'setting.stream.coalesceMs': '汇集文字',
  'setting.stream.coalesceMs.hint': '文字先汇集这么久再保存和显示。越短，存储的负担越重。',
  'setting.provider.initialGraceMs': '等待首次响应',
  'setting.provider.initialGraceMs.hint':
    '服务商最久可以多长时间没有任何响应。慢速机器上的大模型需要更久。',
  'setting.provider.idleMs': '回答中的停顿',
  'setting.provider.idleMs.hint': '停顿超过此时间，回答会以中断结束。',
  'setting.provider.reasoningIdleMs': '思考中的停顿',
  'setting.provider.reasoningIdleMs.hint': '同上，用于模型思考时。',
  'setting.provider.timeoutMs': '回答的最长时间',
  'setting.provider.timeoutMs.hint': '到时即结束，无论还有多少内容。',
  'setting.provider.retries': '重试失败的请求',
  'setting.provider.retries.hint': '服务商在显示任何内容之前出错时的重试次数，0 表示不重试。',
  'setting.provider.fallback': '改为一次取回回答',
  'setting.provider.fallback.hint': '服务商无法逐步发送回答时，再请求一次完整回答。',
  'setting.provider.allowPrivateHosts': '允许内网地址',
  'setting.provider.allowPrivateHosts.hint':
    '允许连接使用 http 以及你自己网络内的地址，例如旁边机器上运行的模型。如果本站部署在云端，请保持关闭。',
  'setting.usage.emit': '显示 token 数',
  'setting.usage.emit.hint': '随每个回答告知用了多少 token。',
  'setting.usage.providerOnly': '不估算 token 数',
  'setting.usage.providerOnly.hint': '服务商没有告知用了多少 token 时，不显示任何数字。',
} satisfies Record<keyof typeof en, string>
