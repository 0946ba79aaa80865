interface GatewayError {
  message: string;
  solution: string;
}

/** The gateway's 27 system errors, in its own words: what went wrong, and what the caller shall do. */
export const GATEWAY_ERRORS = {
  '1001': { message: '服务不可用', solution: '服务目前无法使用，请保存好错误信息并和服务平台管理员联系' },
  '1002': { message: '开发者权限不足', solution: '不足的ISV权限' },
  '1003': { message: '用户权限不足', solution: '用户权限不足，请和管理员联系' },
  '1004': { message: '图片上传失败', solution: '上传失败' },
  '1005': { message: 'HTTP方法被禁止', solution: '请使用合适的HTTP方法（GET或POST）' },
  '1006': { message: '编码错误', solution: '无效的编码，请对使用UTF-8对请求参数值进行编码' },
  '1007': { message: '请求被禁止', solution: '禁止请求，因服务平台已经满负荷，请稍候再试' },
  '1008': { message: '服务已经作废', solution: '方法已过时，请使用新版本或其它替代的方法' },
  '1009': { message: '业务逻辑出错', solution: '请了解服务调用的前置条件，检查是否满足业务逻辑' },
  '1020': { message: '缺少sessionId参数', solution: '将添加会话ID请求参数' },
  '1021': { message: '无效的sessionId参数', solution: '无效的会话,请获取合法的会话' },
  '1022': { message: '缺少appKey参数', solution: '缺少appKey，请向服务端获取合法的appKey' },
  '1023': { message: '无效的appKey参数', solution: '无效的appKey,请使用合法的appKey（由服务提供商授予你）' },
  '1024': { message: '缺少签名参数', solution: '缺少签名参数，请添加签名请求参数' },
  '1025': {
    message: '无效签名',
    solution:
      '签名无效，请按正确的算法对请求数据进行签名:SHA1(<secret> <paramName1><paramValue><secret>),注意参数列表按字母顺序排列',
  },
  '1026': { message: '缺少方法名参数', solution: '缺少方法,请添加上服务方法的请求参数' },
  '1027': { message: '不存在的方法名', solution: '无效的方法，请检查服务方法名是否正确' },
  '1028': { message: '缺少版本参数', solution: '缺少版本参数，请指定服务方法的版本号' },
  '1029': { message: '非法的版本参数', solution: '非法的版本号，这个服务方法的版本号是错误的，请检查' },
  '1030': { message: '不支持的版本号', solution: '这个版本号已经不支持，如已经过期，请使用新的服务方法版本' },
  '1031': { message: '无效报文格式类型', solution: '数据格式不正确，请检查' },
  '1032': { message: '缺少必选参数', solution: '请查看根据服务接口，添加必须的参数' },
  '1033': { message: '非法的参数', solution: '请查看根据服务接口对参数格式的要求' },
  '1034': { message: '用户调用服务的次数超限', solution: '等待片刻，稍候再试' },
  '1035': { message: '会话调用服务的次数超限', solution: '退出系统，稍候再试' },
  '1036': { message: '应用调用服务的次数超限', solution: '请检查应用授权访问服务的次数' },
  '1037': { message: '应用调用服务的频率超限', solution: '请降低服务访问的频率' },
} as const satisfies Record<string, GatewayError>;

export type GatewayErrorCode = keyof typeof GATEWAY_ERRORS;
