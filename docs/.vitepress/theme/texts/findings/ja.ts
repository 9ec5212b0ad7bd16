import type { FindingTexts } from './finding-texts';

export const ja: FindingTexts = {
  // Why a document does not parse
  required: {
    message: '必須のメンバーがありません。',
    fix: '標準が定める値で、このメンバーを公開してください。',
  },
  type: {
    message: 'JSON の型が標準と異なるか、値を読み取れません。',
    fix: '下の英語の原文にある型に変えてください。',
  },
  format: {
    message: '文字列の形式が、このメンバーに合っていません。',
    fix: '下の英語の原文にある形式（絶対 URL または署名付き JWT）に変えてください。',
  },
  value: {
    message: '許された値ではありません。',
    fix: '下の英語の原文にある値に変えてください。',
  },
  size: {
    message: '配列の要素が 10,000 個を超えているため、中身を検査していません。',
    fix: '配列を短くしてください。',
  },

  // What the standards ask beyond that
  unreadable: {
    message: 'ドキュメントが、読み取れるオブジェクトではありません。',
    fix: 'JSON オブジェクトを公開してください。',
  },
  'not-https': {
    message:
      'URL が https ではありません。やり取りを途中で盗み見られたり改変されたりするおそれがあり、ループバックの URL であれば、そのマシンでしか使えません。',
    fix: 'https で提供し、https の URL を公開してください。',
  },
  'has-query': {
    message:
      '識別子にクエリがあります。発行者には使えません。リソース識別子では許されますが、推奨されません。',
    fix: '発行者はクエリなしで公開し、リソースはパスで区別してください。',
  },
  'has-fragment': {
    message: '識別子にフラグメントは使えません。',
    fix: 'フラグメントなしで公開してください。',
  },
  'issuer-template': {
    message:
      '発行者がテンプレートなので、ドキュメントの取得元の URL とも、トークンの iss とも一致することがありません。',
    fix: '発行者が具体的に書かれた、特定のテナントのドキュメントを取得してください。',
  },
  'identifier-mismatch': {
    message: '問い合わせた識別子と異なります。識別子は 1 文字ずつ比較されます。',
    fix: 'ドキュメントを探すときに使われる識別子を、末尾のスラッシュも含めてそのまま公開してください。',
  },
  'empty-array': {
    message: '配列が空です。標準は空の配列を認めていません。',
    fix: 'メンバーを省いてください。',
  },
  'alg-none': {
    message: 'none は署名なしを意味するため、ここでは使えません。',
    fix: 'リストから none を外してください。',
  },
  'alg-symmetric': {
    message: '対称アルゴリズムです。ここで使えるのは非対称アルゴリズムだけです。',
    fix: 'このアルゴリズムをリストから外してください。',
  },
  'value-undefined': {
    message: 'このメンバーに定義されていない値です。',
    fix: '定義された値だけを使ってください。どの値かは、下の英語の原文にあります。',
  },
  'value-unregistered': {
    message: '該当するレジストリーに登録されていない値です。',
    fix: 'つづりを確かめてください。独自に決めた値は、ほかの誰にも理解されません。',
  },
  'value-missing': {
    message: 'あるべき値がリストにありません。',
    fix: '下の英語の原文にある値に対応し、リストに載せてください。',
  },
  'language-tag-invalid': {
    message: '言語タグではありません。',
    fix: 'de や zh-Hant などの BCP 47 のタグを使ってください。',
  },
  'language-tag-undefined': {
    message: 'このメンバーには、言語タグの付いた形が定義されていません。',
    fix: '言語タグを付けずに公開してください。',
  },
  'language-tag-alone': {
    message: '言語タグの付いたメンバーしかありません。',
    fix: '言語タグの付かないメンバーも公開してください。',
  },
  'member-missing': {
    message: 'ドキュメントのほかの内容から見て、なければならないメンバーがありません。',
    fix: 'このメンバーを公開してください。署名アルゴリズムのリストであれば、RS256 を含め、受け入れるものを載せてください。',
  },
  'member-recommended': {
    message: '推奨されるメンバーがありません。',
    fix: 'このメンバーを公開してください。',
  },
  'member-unregistered': {
    message: '登録されていないメンバーなので、ドキュメントを読む側はこれを無視します。',
    fix: '誰もが読むべきメンバーであれば、つづりを確かめてください。独自の拡張であれば、変更は不要です。',
  },
  'member-null': {
    message: 'メンバーの値が null で、何の意味もありません。',
    fix: 'メンバーを省いてください。',
  },
  'camel-case-twin': {
    message:
      '登録された名前を camelCase にしたメンバーです。誰にも読まれず、ドキュメントのメンバー名を変換するときに失われます。',
    fix: '登録された名前に変えてください。その名前のメンバーがすでにあれば、このメンバーを省いてください。',
  },
  'default-applies': {
    message: 'メンバーがないため、標準の既定値が適用されます。既定値は、下の英語の原文にあります。',
    fix: '実際に対応しているものを載せてください。クライアント認証方式のリストであれば、パブリッククライアント向けの none も載せてください。',
  },
  'alias-not-endpoint': {
    message: 'エイリアスを持てるのはエンドポイントだけなので、ドキュメントを読む側はこれを無視します。',
    fix: 'このエイリアスを外してください。',
  },
  'signed-metadata-unreadable': {
    message: 'JWT をデコードできません。',
    fix: 'JSON オブジェクトを収めた JWS を公開してください。',
  },
  'signed-metadata-unsigned': {
    message: 'JWT が署名されていません。',
    fix: '非対称アルゴリズムで署名してください。',
  },
  'signed-metadata-without-issuer': {
    message: 'JWT にクレーム iss がありません。',
    fix: 'JWT の発行者を iss に書いてください。',
  },
  'signed-metadata-nested': {
    message: 'JWT の中に、さらに signed_metadata があります。',
    fix: 'このクレームを外してください。',
  },
  'not-cross-listed': {
    message: 'リソースと認可サーバーの一方のリストに、もう一方がありません。',
    fix: 'リソースのドキュメントには発行者を、認可サーバーのドキュメントにはリソース識別子を加えてください。',
  },

  // What MCP clients need
  'mcp-issuer-unusable': {
    message: 'クライアントは、テンプレートや https ではない発行者を拒否します。',
    fix: '具体的に書いた https の発行者を 1 つ公開してください。',
  },
  'mcp-openid-only': {
    message: 'このリビジョンのクライアントは、RFC 8414 のドキュメントしか探しません。',
    fix: 'ドキュメントを /.well-known/oauth-authorization-server でも公開してください。',
  },
  'mcp-no-authorization-endpoint': {
    message: 'ユーザーを送る先の認可エンドポイントがありません。',
    fix: '認可エンドポイントを公開してください。',
  },
  'mcp-no-token-endpoint': {
    message: 'トークンを取得するためのトークンエンドポイントがありません。',
    fix: 'トークンエンドポイントを公開してください。',
  },
  'mcp-no-code-flow': {
    message: 'ユーザーは認可コードフローでログインしますが、それに対応していると書かれていません。',
    fix: '認可コードフローに対応し、ドキュメントに載せてください。',
  },
  'mcp-pkce-not-announced': {
    message:
      'PKCE に対応していると書かれていません。MCP リビジョン 2025-11-25 以降のクライアントは、このようなサーバーを拒否しなければなりません。',
    fix: 'S256 に対応し、リストに載せてください。OpenID のドキュメントにも必要です。',
  },
  'mcp-pkce-without-s256': {
    message: 'クライアントは S256 を使いますが、リストに S256 がありません。',
    fix: 'S256 に対応し、リストに載せてください。',
  },
  'mcp-pkce-plain': {
    message: 'S256 があるので、plain を加えても保護は増しません。',
    fix: 'plain を外してください。',
  },
  'mcp-registration-by-hand': {
    message: '手作業で登録されたクライアントしか利用できません。',
    fix: '動的登録に対応してください。MCP リビジョン 2025-11-25 以降では、代わりにクライアント ID メタデータドキュメントに対応してもかまいません。',
  },
  'mcp-registration-dynamic-only': {
    message: 'このリビジョンでは、動的登録は非推奨です。',
    fix: 'クライアント ID メタデータドキュメントにも対応してください。',
  },
  'mcp-no-public-clients': {
    message:
      'デスクトップアプリケーションなどのパブリッククライアント（public client）を受け入れると書かれていません。',
    fix: 'パブリッククライアントを受け入れるのであれば、リストに none を載せてください。',
  },
  'mcp-no-iss-parameter': {
    message: '認可レスポンスがどのサーバーから来たのか、クライアントにはわかりません。',
    fix: '認可レスポンスに iss を加え、そのことをドキュメントに書いてください。',
  },
  'mcp-no-keys': {
    message: 'このドキュメントからは、JWT のアクセストークンを検証する鍵を見つけられません。',
    fix: 'jwks_uri を公開するか、リソースサーバーに鍵またはイントロスペクションエンドポイントを指定してください。',
  },
  'mcp-client-credentials-auth': {
    message:
      'クライアントクレデンシャル拡張のクライアントは private_key_jwt か client_secret_basic を使いますが、どちらもリストにありません。',
    fix: 'どちらか 1 つに対応してください。',
  },
  'mcp-dpop-algorithms': {
    message: 'DPoP の証明の署名に使えるのは、非対称アルゴリズムだけです。',
    fix: '非対称アルゴリズムだけを載せてください。',
  },
  'mcp-no-authorization-servers': {
    message: 'クライアントはここからログイン先を知りますが、認可サーバーが 1 つも書かれていません。',
    fix: '発行者を 1 つ以上書いてください。',
  },
  'mcp-authorization-server-unusable': {
    message: '発行者の識別子ではありません。',
    fix: 'メタデータドキュメントやエンドポイントの URL ではなく、https の URL である発行者を書いてください。',
  },
  'mcp-resource-mismatch': {
    message: '厳格なクライアントは、resource が自分の使う URL と異なるドキュメントを拒否します。',
    fix: 'MCP エンドポイントの URL をそのまま公開し、ホストとパスの間に well-known の部分を挟んだ場所でドキュメントを提供してください。',
  },
  'mcp-no-bearer-header': {
    message:
      'MCP クライアントはトークンを Authorization ヘッダーで送りますが、その方法がリストにありません。',
    fix: 'リストに header を載せてください。',
  },
  'mcp-bearer-in-query': {
    message: 'クエリに入れたトークンはログに残ります。OAuth 2.1 はこれを禁じています。',
    fix: 'リストには header だけを載せてください。',
  },
  'mcp-offline-access': {
    message: 'リフレッシュトークンは、リソースが必要とするものではありません。',
    fix: 'offline_access は認可サーバーに任せてください。',
  },
};
