import type { FindingTexts } from './finding-texts';

export const zhTw: FindingTexts = {
  // Why a document does not parse
  required: {
    message: '缺少必要的欄位。',
    fix: '請依照標準規定的值發布這個欄位。',
  },
  type: {
    message: 'JSON 型別不符合標準，或無法讀取。',
    fix: '請改為下方英文原文所示的型別。',
  },
  format: {
    message: '字串的格式不符合這個欄位的要求。',
    fix: '請改為下方英文原文所示的格式（絕對 URL 或已簽章的 JWT）。',
  },
  value: {
    message: '這不是允許的值。',
    fix: '請改為下方英文原文所示的值。',
  },
  size: {
    message: '陣列超過 10,000 個元素，因此沒有檢查其內容。',
    fix: '請縮短這個陣列。',
  },

  // What the standards ask beyond that
  unreadable: {
    message: '這份文件不是可以讀取的物件。',
    fix: '請發布 JSON 物件。',
  },
  'not-https': {
    message:
      '這個 URL 不是 https：往來的內容可能在途中遭到窺看或竄改；如果是本機（loopback）URL，則只有那台電腦能使用。',
    fix: '請以 https 提供服務，並發布 https URL。',
  },
  'has-query': {
    message: '識別碼含有查詢字串：簽發者不得含有查詢字串，資源識別碼可以有，但不建議。',
    fix: '請發布不含查詢字串的簽發者；資源則以路徑區分。',
  },
  'has-fragment': {
    message: '識別碼不得含有片段（fragment）。',
    fix: '請發布不含片段的識別碼。',
  },
  'issuer-template': {
    message: '簽發者是範本，因此不可能與找到文件的 URL 相同，也不可能與權杖的 iss 相同。',
    fix: '請取得某個特定租用戶的文件，其中的簽發者是完整寫出的。',
  },
  'identifier-mismatch': {
    message: '這不是當初查詢的識別碼；比對時逐字元進行。',
    fix: '請發布與尋找文件時所用完全相同的識別碼，包含結尾的斜線。',
  },
  'empty-array': {
    message: '陣列是空的，而標準不允許空陣列。',
    fix: '請省略這個欄位。',
  },
  'alg-none': {
    message: 'none 表示不簽章，不得用在這裡。',
    fix: '請從清單中移除 none。',
  },
  'alg-symmetric': {
    message: '這是對稱式演算法，而這裡只能使用非對稱演算法。',
    fix: '請從清單中移除這個演算法。',
  },
  'value-undefined': {
    message: '這個欄位沒有定義這個值。',
    fix: '請只使用有定義的值，下方的英文原文列出了這些值。',
  },
  'value-unregistered': {
    message: '對應的登錄表（registry）中沒有這個值。',
    fix: '請檢查拼字；自訂的值別人無法理解。',
  },
  'value-missing': {
    message: '清單缺少應有的值。',
    fix: '請支援下方英文原文所示的值，並將它列入清單。',
  },
  'language-tag-invalid': {
    message: '這不是語言標籤。',
    fix: '請使用 BCP 47 標籤，例如 de 或 zh-Hant。',
  },
  'language-tag-undefined': {
    message: '標準沒有為這個欄位定義加上語言標籤的形式。',
    fix: '請發布不加語言標籤的欄位。',
  },
  'language-tag-alone': {
    message: '只有加上語言標籤的欄位，沒有不加標籤的欄位。',
    fix: '請同時發布不加語言標籤的欄位。',
  },
  'member-missing': {
    message: '從文件的其他內容來看，必須有這個欄位，但文件中沒有。',
    fix: '請發布這個欄位；如果它是簽章演算法的清單，請列出接受的演算法，其中包含 RS256。',
  },
  'member-recommended': {
    message: '缺少建議提供的欄位。',
    fix: '請發布這個欄位。',
  },
  'member-unregistered': {
    message: '這個欄位沒有登錄，讀取文件的一方會忽略它。',
    fix: '如果要讓所有人都能讀取，請檢查拼字；如果是自訂的擴充，則不需要更改。',
  },
  'member-null': {
    message: '這個欄位是 null，沒有任何意義。',
    fix: '請省略這個欄位。',
  },
  'camel-case-twin': {
    message: '這個名稱是登錄名稱的 camelCase 寫法：沒有人會讀取它，轉換文件的欄位名稱時也會捨棄它。',
    fix: '請改用登錄的名稱；如果該名稱的欄位已經存在，請移除這個欄位。',
  },
  'default-applies': {
    message: '沒有這個欄位，因此採用標準的預設值；下方的英文原文列出了預設值。',
    fix: '請列出實際支援的項目；如果是用戶端驗證方式的清單，請為公開用戶端（public client）列出 none。',
  },
  'alias-not-endpoint': {
    message: '只有端點可以有別名，讀取文件的一方會忽略這個別名。',
    fix: '請移除這個別名。',
  },
  'signed-metadata-unreadable': {
    message: '無法解碼這個 JWT。',
    fix: '請發布內容為 JSON 物件的 JWS。',
  },
  'signed-metadata-unsigned': {
    message: '這個 JWT 沒有簽章。',
    fix: '請以非對稱演算法簽署。',
  },
  'signed-metadata-without-issuer': {
    message: '這個 JWT 沒有 iss 宣告。',
    fix: '請在 iss 寫入它的簽發者。',
  },
  'signed-metadata-nested': {
    message: '這個 JWT 裡面又含有 signed_metadata。',
    fix: '請移除這個宣告。',
  },
  'not-cross-listed': {
    message: '資源與授權伺服器其中一方的清單，沒有列出另一方。',
    fix: '請在資源的文件加上簽發者，在授權伺服器的文件加上資源識別碼。',
  },

  // What MCP clients need
  'mcp-issuer-unusable': {
    message: '用戶端會拒絕範本形式的簽發者，以及不是 https 的簽發者。',
    fix: '請發布一個完整寫出的 https 簽發者。',
  },
  'mcp-openid-only': {
    message: '這個修訂版的用戶端只會尋找 RFC 8414 文件。',
    fix: '請同時在 /.well-known/oauth-authorization-server 發布這份文件。',
  },
  'mcp-no-authorization-endpoint': {
    message: '沒有授權端點，無法讓使用者前往登入。',
    fix: '請發布授權端點。',
  },
  'mcp-no-token-endpoint': {
    message: '沒有權杖端點，無處取得權杖。',
    fix: '請發布權杖端點。',
  },
  'mcp-no-code-flow': {
    message: '使用者以授權碼流程登入，但文件沒有列出支援這個流程。',
    fix: '請支援授權碼流程，並在文件中列出。',
  },
  'mcp-pkce-not-announced': {
    message: '文件沒有列出支援 PKCE；自 MCP 修訂版 2025-11-25 起，用戶端必須拒絕這樣的伺服器。',
    fix: '請支援 S256 並將它列入清單，OpenID 文件也要列入。',
  },
  'mcp-pkce-without-s256': {
    message: '用戶端使用 S256，但清單中沒有 S256。',
    fix: '請支援 S256 並將它列入清單。',
  },
  'mcp-pkce-plain': {
    message: '已經有 S256，plain 並不會帶來更多保護。',
    fix: '請移除 plain。',
  },
  'mcp-registration-by-hand': {
    message: '只有人工註冊過的用戶端才能使用。',
    fix: '請支援動態註冊；自 MCP 修訂版 2025-11-25 起，也可以改為支援用戶端識別碼中繼資料文件。',
  },
  'mcp-registration-dynamic-only': {
    message: '動態註冊在這個修訂版中已淘汰（deprecated）。',
    fix: '請同時支援用戶端識別碼中繼資料文件。',
  },
  'mcp-no-public-clients': {
    message: '文件沒有表明接受公開用戶端（public client），例如桌面應用程式。',
    fix: '如果接受公開用戶端，請在清單中列出 none。',
  },
  'mcp-no-iss-parameter': {
    message: '用戶端無法得知授權回應來自哪個伺服器。',
    fix: '請在授權回應加上 iss，並在文件中表明這一點。',
  },
  'mcp-no-keys': {
    message: '從這份文件找不到驗證 JWT 存取權杖的金鑰。',
    fix: '請發布 jwks_uri，或為資源伺服器提供金鑰或權杖內省端點。',
  },
  'mcp-client-credentials-auth': {
    message:
      '採用 client credentials 擴充的用戶端使用 private_key_jwt 或 client_secret_basic，但清單中兩者都沒有。',
    fix: '請支援其中一種。',
  },
  'mcp-dpop-algorithms': {
    message: 'DPoP 證明只能以非對稱演算法簽署。',
    fix: '請只列出非對稱演算法。',
  },
  'mcp-no-authorization-servers': {
    message: '用戶端由此得知該到哪裡登入，但這裡沒有列出任何授權伺服器。',
    fix: '請列出至少一個簽發者。',
  },
  'mcp-authorization-server-unusable': {
    message: '這個值不是簽發者識別碼。',
    fix: '請填入簽發者（https URL），而不是它的中繼資料文件或端點。',
  },
  'mcp-resource-mismatch': {
    message: '嚴格的用戶端會拒絕 resource 與自己所用 URL 不同的文件。',
    fix: '請發布與 MCP 端點完全相同的 URL，並將文件放在主機與路徑之間插入 well-known 部分的位置。',
  },
  'mcp-no-bearer-header': {
    message: 'MCP 用戶端以 Authorization 標頭送出權杖，但清單中沒有這種方式。',
    fix: '請列出 header。',
  },
  'mcp-bearer-in-query': {
    message: '查詢字串中的權杖會留在記錄裡，而且 OAuth 2.1 禁止這種做法。',
    fix: '請只列出 header。',
  },
  'mcp-offline-access': {
    message: '資源並不需要更新權杖（refresh token）。',
    fix: '請將 offline_access 交給授權伺服器處理。',
  },
};
