import type { FlowTexts } from './flow-texts';

export const ja: FlowTexts = {
  choose: 'フロー',
  flows: {
    login: {
      name: 'ログイン',
      text: 'サーバーの URL しか知らないクライアントが、ログイン先を見つけ、トークンを受け取り、ツールを呼び出します。',
    },
    'step-up': {
      name: 'さらに許可が必要なツール',
      text: 'トークンは有効ですが、このツールには足りません。クライアントはチャレンジが示すものをユーザーに求め、呼び出し直します。',
    },
    dpop: {
      name: '鍵に結び付けられたトークン（DPoP）',
      text: 'サーバーが受け付けるのは、送り手が鍵を持つと証明したトークンだけです。盗まれたトークンは役に立ちません。',
    },
    refusals: {
      name: '拒否されるトークン',
      text: 'どれも本物のトークンですが、この呼び出しには使えません。',
    },
    outage: {
      name: '障害',
      text: '認可サーバーが停止しています。それでログアウトされる人はいません。',
    },
  },
  scenes: {
    'step-up-challenge': 'トークンがこのツールに足りない',
    'step-up-authorization': 'ブラウザーが追加のスコープのために戻る',
    'step-up-token': 'クライアントが新しいトークンを受け取る',
    'step-up-call': '呼び出しを繰り返す',
    'dpop-token': 'クライアントが自分の鍵に結び付けられたトークンを受け取る',
    'dpop-nonce': '証明にサーバーの nonce がない',
    'dpop-call': '証明と nonce を付けた呼び出し',
    'dpop-replay': '同じ証明をもう一度送る',
    'dpop-as-bearer': '鍵に結び付けられたトークンを、普通の Bearer トークンとして送る',
    expired: '期限切れのトークン',
    'other-resource': '別のリソース向けのトークン',
    'outage-known-keys': '鍵がわかっているので、トークンは通る',
    outage: '鍵を見たことがなく、誰にも判断できない',
  },
};
