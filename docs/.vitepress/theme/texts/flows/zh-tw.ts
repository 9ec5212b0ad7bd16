import type { FlowTexts } from './flow-texts';

export const zhTw: FlowTexts = {
  choose: '流程',
  flows: {
    login: {
      name: '登入',
      text: '只知道伺服器 URL 的用戶端找到登入的地方、取得權杖，並呼叫工具。',
    },
    'step-up': {
      name: '需要更多權限的工具',
      text: '權杖是有效的，但還不足以呼叫這個工具。用戶端向使用者請求挑戰中列出的權限，再呼叫一次。',
    },
    dpop: {
      name: '綁定金鑰的權杖（DPoP）',
      text: '伺服器只接受傳送者能證明持有金鑰的權杖。偷來的權杖打不開任何東西。',
    },
    refusals: {
      name: '被拒絕的權杖',
      text: '這些權杖都是真的，但都不能用於這次呼叫。',
    },
    outage: {
      name: '服務中斷',
      text: '授權伺服器停擺了。不會有人因此被登出。',
    },
  },
  scenes: {
    'step-up-challenge': '權杖的權限不足以呼叫這個工具',
    'step-up-authorization': '瀏覽器回去請求更多權限範圍',
    'step-up-token': '用戶端取得新的權杖',
    'step-up-call': '重複同一次呼叫',
    'dpop-token': '用戶端取得綁定其金鑰的權杖',
    'dpop-nonce': '證明缺少伺服器的 nonce',
    'dpop-call': '帶著證明與 nonce 的呼叫',
    'dpop-replay': '同一個證明再送一次',
    'dpop-as-bearer': '把綁定的權杖當成一般 bearer 權杖送出',
    expired: '已到期的權杖',
    'other-resource': '給其他資源用的權杖',
    'outage-known-keys': '金鑰是已知的：權杖通過',
    outage: '從未取得過金鑰：無從判斷',
  },
};
