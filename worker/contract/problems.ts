import * as z from 'zod/mini'

interface Refusal {
  status: number
  title: string
  en: string
  zh: string
}

/** Every way a request can be refused. The code is the wire contract; the texts are for people. */
export const problems = {
  invalid_request: {
    status: 400,
    title: 'Invalid request',
    en: 'Something in the request does not fit.',
    zh: '请求中有不符合要求的内容。',
  },
  malformed_json: {
    status: 400,
    title: 'Malformed JSON',
    en: 'The body of the request is not JSON.',
    zh: '请求正文不是有效的 JSON。',
  },
  body_too_large: {
    status: 413,
    title: 'Too large',
    en: 'The request is larger than allowed.',
    zh: '请求超过了允许的大小。',
  },
  unsupported_media_type: {
    status: 415,
    title: 'Unsupported media type',
    en: 'This route takes application/json.',
    zh: '此接口只接受 application/json。',
  },
  method_not_allowed: {
    status: 405,
    title: 'Method not allowed',
    en: 'This address exists, but not for this method.',
    zh: '此地址不支持该请求方法。',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    en: 'That does not exist, or is not yours.',
    zh: '内容不存在，或不属于你。',
  },
  not_signed_in: {
    status: 401,
    title: 'Not signed in',
    en: 'Sign in to continue.',
    zh: '请先登录。',
  },
  session_ended: {
    status: 401,
    title: 'Session ended',
    en: 'You were signed out. Sign in again to continue.',
    zh: '登录已失效，请重新登录。',
  },
  wrong_credentials: {
    status: 401,
    title: 'Wrong credentials',
    en: 'The username or password is wrong.',
    zh: '用户名或密码错误。',
  },
  account_pending: {
    status: 423,
    title: 'Waiting for approval',
    en: 'An administrator has yet to approve this account.',
    zh: '账号正在等待管理员审核。',
  },
  account_rejected: {
    status: 403,
    title: 'Account rejected',
    en: 'An administrator has declined this account.',
    zh: '管理员未通过此账号的申请。',
  },
  account_disabled: {
    status: 403,
    title: 'Account disabled',
    en: 'An administrator has disabled this account.',
    zh: '此账号已被管理员停用。',
  },
  registration_closed: {
    status: 403,
    title: 'Registration closed',
    en: 'New accounts are not accepted here.',
    zh: '当前未开放注册。',
  },
  setup_token_required: {
    status: 403,
    title: 'Setup token required',
    en: 'The first account needs the setup token of this installation.',
    zh: '创建首个账号需要本站的安装令牌。',
  },
  username_taken: {
    status: 409,
    title: 'Username taken',
    en: 'This username is already in use.',
    zh: '该用户名已被使用。',
  },
  weak_password: {
    status: 400,
    title: 'Weak password',
    en: 'Use 8 to 128 characters with at least one letter and one digit, unlike the username.',
    zh: '密码需为 8 到 128 个字符，至少包含一个字母和一个数字，且不能与用户名相同。',
  },
  guests_disabled: {
    status: 401,
    title: 'Guests are off',
    en: 'Sign in to continue; this installation takes no guests.',
    zh: '本站未开放访客，请先登录。',
  },
  forbidden: {
    status: 403,
    title: 'Forbidden',
    en: 'Your account may not do this.',
    zh: '你的账号没有此权限。',
  },
  origin_refused: {
    status: 403,
    title: 'Origin refused',
    en: 'The request came from another site.',
    zh: '请求来自其他网站，已被拒绝。',
  },
  last_admin: {
    status: 409,
    title: 'Last administrator',
    en: 'At least one active administrator must remain.',
    zh: '必须保留至少一位可用的管理员。',
  },
  own_account: {
    status: 409,
    title: 'Own account',
    en: 'This cannot be done to your own account.',
    zh: '不能对自己的账号执行此操作。',
  },
  conflict: {
    status: 409,
    title: 'Conflict',
    en: 'The current state does not allow this.',
    zh: '当前状态不允许此操作。',
  },
  id_conflict: {
    status: 409,
    title: 'Id conflict',
    en: 'This id is already used for something else.',
    zh: '该标识已用于其他内容。',
  },
  revision_conflict: {
    status: 409,
    title: 'Changed meanwhile',
    en: 'This was changed elsewhere in the meantime. Reload and try again.',
    zh: '内容已在别处被修改，请刷新后重试。',
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    en: 'Too many requests. Wait a moment and try again.',
    zh: '请求过于频繁，请稍后再试。',
  },
  quota_exceeded: {
    status: 429,
    title: 'No messages left',
    en: 'Your messages for today are used up.',
    zh: '今日的消息额度已用完。',
  },
  token_budget_exceeded: {
    status: 429,
    title: 'Token budget used',
    en: 'Your token budget for today is used up.',
    zh: '今日的 token 额度已用完。',
  },
  too_many_replies: {
    status: 429,
    title: 'Too many answers at once',
    en: 'Wait until one of your running answers has finished.',
    zh: '同时进行的回答过多，请等待其中一个完成。',
  },
  model_not_found: {
    status: 404,
    title: 'Model not found',
    en: 'This model is not available any more. Choose another one.',
    zh: '该模型已不可用，请选择其他模型。',
  },
  model_denied: {
    status: 403,
    title: 'Model not allowed',
    en: 'You may not use this model. Choose another one.',
    zh: '你无权使用该模型，请选择其他模型。',
  },
  model_unsuitable: {
    status: 422,
    title: 'Model unsuitable',
    en: 'This model cannot do what was asked.',
    zh: '该模型不支持所请求的功能。',
  },
  message_empty: {
    status: 400,
    title: 'Nothing to send',
    en: 'Write a message first.',
    zh: '请先输入内容。',
  },
  message_too_long: {
    status: 413,
    title: 'Message too long',
    en: 'The message is longer than allowed. Shorten it and send again.',
    zh: '消息超过长度上限，请缩短后再发送。',
  },
  context_too_long: {
    status: 413,
    title: 'Too long for the model',
    en: 'The message does not fit into the context of this model.',
    zh: '消息超出了该模型的上下文长度。',
  },
  parent_not_found: {
    status: 404,
    title: 'Message not found',
    en: 'The message this refers to is not in the conversation.',
    zh: '对话中没有所引用的消息。',
  },
  cursor_ahead: {
    status: 409,
    title: 'Cursor ahead',
    en: 'The stream has not got that far.',
    zh: '请求的位置超出了当前进度。',
  },
  too_many_followers: {
    status: 503,
    title: 'Too many followers',
    en: 'Too many readers follow this answer.',
    zh: '同时查看此回答的连接过多。',
  },
  attachment_type: {
    status: 415,
    title: 'Image type',
    en: 'Only PNG, JPEG, WebP and GIF images can be used.',
    zh: '仅支持 PNG、JPEG、WebP 和 GIF 图片。',
  },
  attachment_too_large: {
    status: 413,
    title: 'Image too large',
    en: 'The image is larger than allowed.',
    zh: '图片超过大小上限。',
  },
  attachment_dimensions: {
    status: 422,
    title: 'Image dimensions',
    en: 'The image is too large or cannot be read.',
    zh: '图片尺寸过大或无法识别。',
  },
  attachment_count: {
    status: 400,
    title: 'Too many images',
    en: 'There are too many images in this message.',
    zh: '单条消息中的图片过多。',
  },
  address_refused: {
    status: 422,
    title: 'Address refused',
    en: 'This address may not be called.',
    zh: '不允许访问该地址。',
  },
  connection_unusable: {
    status: 409,
    title: 'Connection unusable',
    en: 'The credentials of this connection are missing or cannot be opened. Enter them again.',
    zh: '该连接的凭据缺失或无法解密，请重新填写。',
  },
  search_unconfigured: {
    status: 409,
    title: 'Search not set up',
    en: 'Web search has not been set up.',
    zh: '尚未配置联网搜索。',
  },
  share_locked: {
    status: 401,
    title: 'Password needed',
    en: 'This share needs a password.',
    zh: '此分享需要密码。',
  },
  share_password_wrong: {
    status: 403,
    title: 'Wrong password',
    en: 'The password is wrong.',
    zh: '密码错误。',
  },
  import_unreadable: {
    status: 422,
    title: 'Unreadable import',
    en: 'This is not a format that can be imported.',
    zh: '无法识别的导入格式。',
  },
  provider_auth: {
    status: 502,
    title: 'Provider refused the key',
    en: 'The model provider did not accept the credentials of this connection.',
    zh: '模型服务商拒绝了该连接的凭据。',
  },
  provider_rate_limited: {
    status: 429,
    title: 'Provider is busy',
    en: 'The model provider limits requests at the moment. Try again later.',
    zh: '模型服务商当前限流，请稍后再试。',
  },
  provider_quota: {
    status: 402,
    title: 'Provider account out of credit',
    en: 'The account at the model provider has no credit left.',
    zh: '模型服务商账户余额不足。',
  },
  provider_refused: {
    status: 502,
    title: 'Provider refused',
    en: 'The model provider refused the request.',
    zh: '模型服务商拒绝了请求。',
  },
  provider_unavailable: {
    status: 502,
    title: 'Provider unavailable',
    en: 'The model provider did not answer.',
    zh: '模型服务商无法访问。',
  },
  provider_timeout: {
    status: 504,
    title: 'Provider took too long',
    en: 'The model provider took too long to answer.',
    zh: '模型服务商响应超时。',
  },
  provider_stalled: {
    status: 504,
    title: 'Provider went silent',
    en: 'The model provider stopped in the middle of the answer.',
    zh: '模型服务商在回答中途停止响应。',
  },
  provider_bad_reply: {
    status: 502,
    title: 'Provider reply unreadable',
    en: 'The model provider answered with something that is not a chat answer.',
    zh: '模型服务商返回了无法识别的内容。',
  },
  content_blocked: {
    status: 422,
    title: 'Content blocked',
    en: 'The safety filter of the model provider blocked this.',
    zh: '内容被模型服务商的安全过滤拦截。',
  },
  empty_reply: {
    status: 502,
    title: 'Empty answer',
    en: 'The model ended without an answer.',
    zh: '模型没有给出任何回答。',
  },
  reasoning_only: {
    status: 502,
    title: 'No answer after reasoning',
    en: 'The model reasoned but gave no answer.',
    zh: '模型只进行了思考，没有给出回答。',
  },
  tool_limit: {
    status: 500,
    title: 'Too many tool calls',
    en: 'The model used all its tool calls without an answer.',
    zh: '模型用完了工具调用次数，仍未给出回答。',
  },
  interrupted: {
    status: 503,
    title: 'Interrupted',
    en: 'The answer was interrupted.',
    zh: '回答被中断。',
  },
  misconfigured: {
    status: 503,
    title: 'Not set up',
    en: 'This installation lacks a required secret.',
    zh: '本站缺少必需的密钥配置。',
  },
  storage_unavailable: {
    status: 503,
    title: 'Storage unavailable',
    en: 'The storage did not answer. Try again in a moment.',
    zh: '存储暂时不可用，请稍后再试。',
  },
  internal: {
    status: 500,
    title: 'Internal error',
    en: 'Something went wrong on our side.',
    zh: '服务器内部错误。',
  },
} as const satisfies Record<string, Refusal>

export type ProblemCode = keyof typeof problems
export const problemCodes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]]

/** RFC 9457 problem details; further members depend on the code. */
export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(problemCodes),
  requestId: z.string(),
})
export type Problem = z.infer<typeof Problem>

export type Language = 'en' | 'zh'

/** The problem `code` as it is sent, in the language of whoever reads it. */
export function problemOf(
  code: ProblemCode,
  requestId: string,
  members: Record<string, unknown> = {},
  language: Language = 'en',
): Problem {
  const { status, title, [language]: detail } = problems[code]
  return { type: `/problems/${code}`, title, status, detail, code, requestId, ...members }
}
