/**
 * The three requests the document prints, byte for byte: odd indentation, typing errors and broken JSON included.
 * They are what callers copy, so each must be accepted as it stands.
 */
export const MEDIWAY_EXAMPLES = {
  /** 示例1（按照指定对象发消息）: people named by user, department, post and role. */
  channelToSpecified: `{

    "appId": "102343444",

"receiverType": "specified",

    "receiverData": {

        "user": [

            "USER001",

            "USER002"

        ],

        "dept": [

            "DEPT001",

            "DEPT002"

        ],

        "post": [

            "POST001",

            "POST002"

        ],

        "role": [

            "ROLE001",

            "ROLE002"

        ]

    },

    "channelData": {

        "1001": {

            "sign": "东华医为",

            "templateData": {

                "templateId": "T100101",

                "paramData": {

                    "code": 1001,

                    "time": 5

                }

            },

            "content": "这是我的第一条短信消息"

        },

        "1002": {

            "title": "发工资了",

            "content": "你好，您的工资已发，请及时查收！",

            "website": "http://xxxx"

        },

        "1003": {

            "title": "邮件标题",

            "content": "邮件内容"

        }

},

"businessId":"xxxxxx",
    "priority": "2",

"senderName": "张三",
"sendTime": "2023-08-04 12:15:12"
}`,
  /** 示例2（按照自定义渠道账号发消息）: accounts named per channel. As printed, the accounts of 1001 and 1002 are swapped. */
  channelToCustom: `{

    "appId": "102343444",

"receiverType": "custom",

    "receiverData": {

        "1001": [

            "USER001",

            "USER002"

        ],

        "1002": [

            "18660886275",

            "18660886834"

        ],

        "1003": [

            "zhaoli@126.com",

            "zhaoli@126.com "

        ]

    },

    "channelData": {

        "1001": {

            "sign": "东华医为",

            "templateData": {

                "templateId": "T100101",

                "paramData": {

                    "code": 1001,

                    "time": 5

                }

            },

            "content": "这是我的第一条短信消息"

        },

        "1002": {

            "title": "发工资了",

            "content": "你好，您的工资已发，请及时查收！",

            "website": "http://xxxx"

        },

        "1003": {

            "title": "邮件标题",

            "content": "邮件内容"

        }

},

"businessId":"xxxxxx",
    "priority": "2",

"senderName": "张三",
"sendTime": "2023-08-04 12:15:12"
}`,
  /** 示例 of 发送模板消息. As printed it is not JSON: a full-width comma follows "张三". */
  templateToSpecified: `{

    "appId": "102343444",

"receiverType": "specified",

    "receiverData": {

        "user": [

            "USER001",

            "USER002"

        ],

        "dept": [

            "DEPT001",

            "DEPT002"

        ],

        "post": [

            "POST001",

            "POST002"

        ],

        "role": [

            "ROLE001",

            "ROLE002"

        ]

    },

    "templateCode": "MSG1001",

    "channelParamData": {

        "code": "Meidcal1001",

        "name": "患者001"

},

"businessId":"xxxxxx",
"priority": "2",
"senderName": "张三"，

"sendTime": "2023-08-04 12:15:12"
}`,
} as const;
