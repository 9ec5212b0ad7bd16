import type { FlowTexts } from './flow-texts';

export const ko: FlowTexts = {
  choose: '흐름',
  flows: {
    login: {
      name: '로그인',
      text: '서버의 URL만 아는 클라이언트가 로그인 위치를 찾고, 토큰을 받고, 도구를 호출합니다.',
    },
    'step-up': {
      name: '권한이 더 필요한 도구',
      text: '토큰은 유효하지만 이 도구에는 부족합니다. 클라이언트는 챌린지가 알려 준 것을 사용자에게 요청하고 다시 호출합니다.',
    },
    dpop: {
      name: '키에 묶인 토큰(DPoP)',
      text: '서버는 보낸 쪽이 키를 가졌음을 증명하는 토큰만 받습니다. 훔친 토큰은 아무것도 열지 못합니다.',
    },
    refusals: {
      name: '거부되는 토큰',
      text: '모두 진짜 토큰이지만, 이 호출에는 쓸 수 없습니다.',
    },
    outage: {
      name: '장애',
      text: '인가 서버가 멈췄습니다. 그래도 로그아웃되는 사용자는 없습니다.',
    },
  },
  scenes: {
    'step-up-challenge': '토큰의 권한이 이 도구에 미치지 않는다',
    'step-up-authorization': '브라우저가 더 많은 스코프를 위해 돌아간다',
    'step-up-token': '클라이언트가 새 토큰을 받는다',
    'step-up-call': '같은 호출을 다시 보낸다',
    'dpop-token': '클라이언트가 자기 키에 묶인 토큰을 받는다',
    'dpop-nonce': '증명에 서버의 논스가 없다',
    'dpop-call': '증명과 논스를 갖춘 호출',
    'dpop-replay': '같은 증명을 한 번 더 보낸다',
    'dpop-as-bearer': '묶인 토큰을 일반 Bearer 토큰으로 보낸다',
    expired: '만료된 토큰',
    'other-resource': '다른 리소스를 위한 토큰',
    'outage-known-keys': '키를 알고 있으므로 토큰이 통과한다',
    outage: '키를 본 적이 없어 아무도 판정할 수 없다',
  },
};
