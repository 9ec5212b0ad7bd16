import type { FindingTexts } from './finding-texts';

export const ko: FindingTexts = {
  // Why a document does not parse
  required: {
    message: '필수 멤버가 없습니다.',
    fix: '표준이 정한 값으로 이 멤버를 공개하세요.',
  },
  type: {
    message: 'JSON 타입이 표준과 다르거나 값을 읽을 수 없습니다.',
    fix: '아래 영어 원문에 적힌 타입으로 바꾸세요.',
  },
  format: {
    message: '문자열의 형식이 이 멤버에 맞지 않습니다.',
    fix: '아래 영어 원문에 적힌 형식(절대 URL 또는 서명된 JWT)으로 바꾸세요.',
  },
  value: {
    message: '허용된 값이 아닙니다.',
    fix: '아래 영어 원문에 적힌 값으로 바꾸세요.',
  },
  size: {
    message: '배열의 요소가 10,000개를 넘어 내용을 검사하지 않았습니다.',
    fix: '배열을 줄이세요.',
  },

  // What the standards ask beyond that
  unreadable: {
    message: '문서가 읽을 수 있는 객체가 아닙니다.',
    fix: 'JSON 객체를 공개하세요.',
  },
  'not-https': {
    message:
      'URL이 https가 아닙니다. 오가는 내용을 누군가 중간에서 읽거나 바꿀 수 있으며, 루프백 URL이라면 그 컴퓨터에서만 쓸 수 있습니다.',
    fix: 'https로 제공하고 https URL을 공개하세요.',
  },
  'has-query': {
    message:
      '식별자에 쿼리가 있습니다. 발급자에는 쓸 수 없고, 리소스 식별자에는 쓸 수 있지만 권장되지 않습니다.',
    fix: '발급자는 쿼리 없이 공개하고, 리소스는 경로로 구분하세요.',
  },
  'has-fragment': {
    message: '식별자에는 프래그먼트를 쓸 수 없습니다.',
    fix: '프래그먼트 없이 공개하세요.',
  },
  'issuer-template': {
    message: '발급자가 템플릿이어서, 문서를 찾은 URL과도 토큰의 iss와도 같을 수 없습니다.',
    fix: '발급자가 구체적으로 적힌 특정 테넌트의 문서를 요청하세요.',
  },
  'identifier-mismatch': {
    message: '요청한 식별자와 다릅니다. 식별자는 한 글자씩 비교합니다.',
    fix: '문서를 찾을 때 쓰는 식별자를 끝의 슬래시까지 그대로 공개하세요.',
  },
  'empty-array': {
    message: '배열이 비어 있습니다. 표준은 빈 배열을 허용하지 않습니다.',
    fix: '멤버를 빼세요.',
  },
  'alg-none': {
    message: 'none은 서명하지 않는다는 뜻이므로 여기에 쓸 수 없습니다.',
    fix: '목록에서 none을 빼세요.',
  },
  'alg-symmetric': {
    message: '대칭 알고리즘입니다. 여기에는 비대칭 알고리즘만 쓸 수 있습니다.',
    fix: '이 알고리즘을 목록에서 빼세요.',
  },
  'value-undefined': {
    message: '이 멤버에 정의되어 있지 않은 값입니다.',
    fix: '정의된 값만 쓰세요. 어떤 값인지는 아래 영어 원문에 있습니다.',
  },
  'value-unregistered': {
    message: '해당 레지스트리에 등록되지 않은 값입니다.',
    fix: '철자를 확인하세요. 독자적으로 정한 값은 다른 누구도 이해하지 못합니다.',
  },
  'value-missing': {
    message: '있어야 할 값이 목록에 없습니다.',
    fix: '아래 영어 원문에 적힌 값을 지원하고 목록에 적으세요.',
  },
  'language-tag-invalid': {
    message: '언어 태그가 아닙니다.',
    fix: 'de나 zh-Hant 같은 BCP 47 태그를 쓰세요.',
  },
  'language-tag-undefined': {
    message: '이 멤버에는 언어 태그를 붙인 형태가 정의되어 있지 않습니다.',
    fix: '언어 태그 없이 공개하세요.',
  },
  'language-tag-alone': {
    message: '언어 태그를 붙인 멤버만 있습니다.',
    fix: '언어 태그가 없는 멤버도 함께 공개하세요.',
  },
  'member-missing': {
    message: '문서의 다른 내용으로 보아 있어야 할 멤버가 없습니다.',
    fix: '이 멤버를 공개하세요. 서명 알고리즘의 목록이라면 RS256을 포함해 받아들이는 알고리즘을 적으세요.',
  },
  'member-recommended': {
    message: '권장되는 멤버가 없습니다.',
    fix: '이 멤버를 공개하세요.',
  },
  'member-unregistered': {
    message: '등록되지 않은 멤버이므로 문서를 읽는 쪽에서 무시합니다.',
    fix: '모두가 읽어야 하는 멤버라면 철자를 확인하세요. 독자적인 확장이라면 바꿀 것이 없습니다.',
  },
  'member-null': {
    message: '멤버의 값이 null이어서 아무 뜻도 없습니다.',
    fix: '멤버를 빼세요.',
  },
  'camel-case-twin': {
    message:
      '등록된 이름을 camelCase로 적은 멤버입니다. 아무도 읽지 않으며, 문서의 멤버 이름을 변환할 때 빠집니다.',
    fix: '등록된 이름으로 바꾸세요. 그 이름의 멤버가 이미 있으면 이 멤버를 빼세요.',
  },
  'default-applies': {
    message: '멤버가 없으므로 표준의 기본값이 적용됩니다. 기본값은 아래 영어 원문에 있습니다.',
    fix: '실제로 지원하는 것을 적으세요. 클라이언트 인증 방식의 목록이라면 공개 클라이언트(public client)를 위한 none도 적으세요.',
  },
  'alias-not-endpoint': {
    message: '별칭은 엔드포인트에만 둘 수 있으므로, 문서를 읽는 쪽에서 이 별칭을 무시합니다.',
    fix: '이 별칭을 빼세요.',
  },
  'signed-metadata-unreadable': {
    message: 'JWT를 디코딩할 수 없습니다.',
    fix: 'JSON 객체가 담긴 JWS를 공개하세요.',
  },
  'signed-metadata-unsigned': {
    message: 'JWT에 서명이 없습니다.',
    fix: '비대칭 알고리즘으로 서명하세요.',
  },
  'signed-metadata-without-issuer': {
    message: 'JWT에 iss 클레임이 없습니다.',
    fix: 'JWT의 발급자를 iss에 적으세요.',
  },
  'signed-metadata-nested': {
    message: 'JWT 안에 다시 signed_metadata가 들어 있습니다.',
    fix: '이 클레임을 빼세요.',
  },
  'not-cross-listed': {
    message: '리소스와 인가 서버 가운데 한쪽의 목록에 다른 쪽이 없습니다.',
    fix: '리소스의 문서에는 발급자를, 인가 서버의 문서에는 리소스 식별자를 추가하세요.',
  },

  // What MCP clients need
  'mcp-issuer-unusable': {
    message: '클라이언트는 템플릿이거나 https가 아닌 발급자를 거부합니다.',
    fix: '구체적으로 적은 https 발급자 하나를 공개하세요.',
  },
  'mcp-openid-only': {
    message: '이 사양 개정판의 클라이언트는 RFC 8414 문서만 찾습니다.',
    fix: '문서를 /.well-known/oauth-authorization-server에서도 공개하세요.',
  },
  'mcp-no-authorization-endpoint': {
    message: '사용자를 보낼 인가 엔드포인트가 없습니다.',
    fix: '인가 엔드포인트를 공개하세요.',
  },
  'mcp-no-token-endpoint': {
    message: '토큰을 받을 토큰 엔드포인트가 없습니다.',
    fix: '토큰 엔드포인트를 공개하세요.',
  },
  'mcp-no-code-flow': {
    message: '사용자는 인가 코드 흐름으로 로그인하는데, 이를 지원한다고 적혀 있지 않습니다.',
    fix: '인가 코드 흐름을 지원하고 문서에 적으세요.',
  },
  'mcp-pkce-not-announced': {
    message:
      'PKCE를 지원한다고 적혀 있지 않습니다. MCP 사양 개정판 2025-11-25부터 클라이언트는 이런 서버를 거부해야 합니다.',
    fix: 'S256을 지원하고 목록에 적으세요. OpenID 문서에도 적어야 합니다.',
  },
  'mcp-pkce-without-s256': {
    message: '클라이언트는 S256을 쓰는데, 목록에 S256이 없습니다.',
    fix: 'S256을 지원하고 목록에 적으세요.',
  },
  'mcp-pkce-plain': {
    message: 'S256이 있으므로 plain은 보호에 아무 도움이 되지 않습니다.',
    fix: 'plain을 빼세요.',
  },
  'mcp-registration-by-hand': {
    message: '수동으로 등록한 클라이언트만 이용할 수 있습니다.',
    fix: '동적 등록을 지원하세요. MCP 사양 개정판 2025-11-25부터는 대신 클라이언트 ID 메타데이터 문서를 지원해도 됩니다.',
  },
  'mcp-registration-dynamic-only': {
    message: '이 사양 개정판에서는 동적 등록을 더 이상 권장하지 않습니다(deprecated).',
    fix: '클라이언트 ID 메타데이터 문서도 지원하세요.',
  },
  'mcp-no-public-clients': {
    message: '데스크톱 애플리케이션 같은 공개 클라이언트(public client)를 받아들인다고 적혀 있지 않습니다.',
    fix: '공개 클라이언트를 받아들인다면 목록에 none을 적으세요.',
  },
  'mcp-no-iss-parameter': {
    message: '인가 응답이 어느 서버에서 왔는지 클라이언트가 알 수 없습니다.',
    fix: '인가 응답에 iss를 넣고, 그 사실을 문서에 적으세요.',
  },
  'mcp-no-keys': {
    message: '이 문서로는 JWT 액세스 토큰을 검증할 키를 찾을 수 없습니다.',
    fix: 'jwks_uri를 공개하거나, 리소스 서버에 키 또는 인트로스펙션 엔드포인트를 알려 주세요.',
  },
  'mcp-client-credentials-auth': {
    message:
      '클라이언트 자격 증명(client credentials) 확장의 클라이언트는 private_key_jwt나 client_secret_basic을 쓰는데, 둘 다 목록에 없습니다.',
    fix: '둘 중 하나를 지원하세요.',
  },
  'mcp-dpop-algorithms': {
    message: 'DPoP 증명에는 비대칭 알고리즘으로만 서명합니다.',
    fix: '목록에 비대칭 알고리즘만 적으세요.',
  },
  'mcp-no-authorization-servers': {
    message: '클라이언트는 여기에서 로그인할 곳을 알아내는데, 인가 서버가 하나도 적혀 있지 않습니다.',
    fix: '발급자를 하나 이상 적으세요.',
  },
  'mcp-authorization-server-unusable': {
    message: '발급자 식별자가 아닙니다.',
    fix: '메타데이터 문서나 엔드포인트의 URL이 아니라 https URL인 발급자를 적으세요.',
  },
  'mcp-resource-mismatch': {
    message: '엄격한 클라이언트는 resource가 자신이 쓰는 URL과 다른 문서를 거부합니다.',
    fix: 'MCP 엔드포인트의 URL을 그대로 공개하고, 호스트와 경로 사이에 well-known 부분을 넣은 위치에서 문서를 제공하세요.',
  },
  'mcp-no-bearer-header': {
    message: 'MCP 클라이언트는 토큰을 Authorization 헤더로 보내는데, 이 방식이 목록에 없습니다.',
    fix: '목록에 header를 적으세요.',
  },
  'mcp-bearer-in-query': {
    message: '쿼리에 담은 토큰은 로그에 남으며, OAuth 2.1은 이를 금지합니다.',
    fix: '목록에 header만 적으세요.',
  },
  'mcp-offline-access': {
    message: '리프레시 토큰은 리소스에 필요한 것이 아닙니다.',
    fix: 'offline_access는 인가 서버에 맡기세요.',
  },
};
