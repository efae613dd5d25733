import type { common as en } from '../en/common.ts'

export const common = {
  'common.close': '关闭',
  'common.cancel': '取消',
  'common.save': '保存',
  'common.delete': '删除',
  'common.retry': '重试',
  'common.undo': '撤销',
  'common.loading': '加载中',
  'common.back': '返回',
  'common.notifications': '通知',
  'common.dismiss': '关闭提示',
  'common.skipToContent': '跳到正文',
  'common.details': '详情',
  'error.offline': '无法连接到服务器。',
  'error.title': '出了点问题',
  'error.page': '此页面无法显示。',
  'error.reload': '重新加载',
  'error.notFoundTitle': '页面不存在',
  'error.notFound': '此地址没有内容。',
  'error.toStart': '回到首页',
} satisfies Record<keyof typeof en, string>
