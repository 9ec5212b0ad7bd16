/**
 * What the drawing of a login says: the name of each column, by who takes part in the demonstration, and the whole in words.
 *
 * @typedef {object} SequenceTexts
 * @property {Readonly<Record<'user agent' | 'client' | 'notes' | 'authorization server', string>>} columns
 * @property {string} description for screen readers; `{count}` is the number of exchanges
 */

/** @type {Readonly<Record<import('../languages.mjs').Language['folder'], SequenceTexts>>} */
export const sequenceTexts = {
  '': {
    columns: {
      'user agent': 'Browser',
      client: 'MCP client',
      notes: 'MCP server',
      'authorization server': 'Authorization server',
    },
    description:
      'Sequence diagram: {count} exchanges between browser, MCP client, MCP server and authorization server',
  },
  ko: {
    columns: {
      'user agent': '브라우저',
      client: 'MCP 클라이언트',
      notes: 'MCP 서버',
      'authorization server': '인가 서버',
    },
    description:
      '시퀀스 다이어그램: 브라우저, MCP 클라이언트, MCP 서버, 인가 서버가 주고받는 요청과 응답 {count}쌍',
  },
  ja: {
    columns: {
      'user agent': 'ブラウザー',
      client: 'MCP クライアント',
      notes: 'MCP サーバー',
      'authorization server': '認可サーバー',
    },
    description:
      'シーケンス図: ブラウザー、MCP クライアント、MCP サーバー、認可サーバーの間のリクエストとレスポンス {count} 組',
  },
  'zh-tw': {
    columns: {
      'user agent': '瀏覽器',
      client: 'MCP 用戶端',
      notes: 'MCP 伺服器',
      'authorization server': '授權伺服器',
    },
    description: '循序圖：瀏覽器、MCP 用戶端、MCP 伺服器與授權伺服器之間的 {count} 組請求與回應',
  },
};
