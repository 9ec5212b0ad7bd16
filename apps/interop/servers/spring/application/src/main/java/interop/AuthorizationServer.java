package interop;

import static org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationValidator.DEFAULT_JWK_SET_URI_VALIDATOR;
import static org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationValidator.DEFAULT_REDIRECT_URI_VALIDATOR;
import static org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationValidator.DEFAULT_SCOPE_VALIDATOR;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.converter.OAuth2ClientRegistrationRegisteredClientConverter;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Spring Authorization Server with what an MCP server needs of it, and a door through which a test changes its keys. */
@SpringBootApplication
@RestController
public class AuthorizationServer {
  private static final Set<String> SCOPES = Set.of("read:notes", "write:notes");

  /** The newest is the first, and signs. */
  private final List<RSAKey> keys = new CopyOnWriteArrayList<>();

  public static void main(String[] arguments) {
    SpringApplication.run(AuthorizationServer.class, arguments);
  }

  @Bean
  @Order(1)
  SecurityFilterChain protocol(HttpSecurity http) throws Exception {
    return http
        .oauth2AuthorizationServer(server -> {
          http.securityMatcher(server.getEndpointsMatcher());
          server.oidc(Customizer.withDefaults());
          // By default a registration that names scopes is refused, and one without gets none
          server.clientRegistrationEndpoint(registration -> registration
              .openRegistrationAllowed(true)
              .authenticationProviders(providers -> providers.forEach(provider -> {
                if (provider instanceof OAuth2ClientRegistrationAuthenticationProvider ours) {
                  var usual = new OAuth2ClientRegistrationRegisteredClientConverter();
                  ours.setRegisteredClientConverter(client ->
                      RegisteredClient.from(usual.convert(client)).scopes(all -> all.addAll(SCOPES)).build());
                  ours.setAuthenticationValidator(DEFAULT_REDIRECT_URI_VALIDATOR
                      .andThen(DEFAULT_JWK_SET_URI_VALIDATOR)
                      .andThen(AuthorizationServer::checkScopes));
                }
              })));
        })
        .authorizeHttpRequests(requests -> requests
            .requestMatchers("/oauth2/register").permitAll()
            .anyRequest().authenticated())
        .csrf(csrf -> csrf.ignoringRequestMatchers("/oauth2/register"))
        .exceptionHandling(failures -> failures
            .authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/login")))
        .build();
  }

  private static void checkScopes(OAuth2ClientRegistrationAuthenticationContext context) {
    OAuth2ClientRegistrationAuthenticationToken request = context.getAuthentication();
    List<String> named = request.getClientRegistration().getScopes();
    if (named != null && !SCOPES.containsAll(named)) DEFAULT_SCOPE_VALIDATOR.accept(context);
  }

  @Bean
  @Order(2)
  SecurityFilterChain pages(HttpSecurity http) throws Exception {
    return http
        .authorizeHttpRequests(requests -> requests
            .requestMatchers("/interop/**").permitAll()
            .anyRequest().authenticated())
        .csrf(csrf -> csrf.ignoringRequestMatchers("/interop/**"))
        .formLogin(Customizer.withDefaults())
        .build();
  }

  @Bean
  RegisteredClientRepository clients(
      @Value("${interop.secret}") String secret, @Value("${interop.jwks}") String jwks) {
    var machine = RegisteredClient.withId(UUID.randomUUID().toString())
        .clientId("machine")
        .clientSecret("{noop}" + secret)
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
        .scopes(all -> all.addAll(SCOPES))
        .tokenSettings(TokenSettings.builder().accessTokenTimeToLive(Duration.ofHours(1)).build())
        .build();
    var keyed = RegisteredClient.withId(UUID.randomUUID().toString())
        .clientId("keyed")
        .clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
        .clientSettings(ClientSettings.builder()
            .jwkSetUrl(jwks)
            .tokenEndpointAuthenticationSigningAlgorithm(SignatureAlgorithm.ES256)
            .build())
        .build();
    return new InMemoryRegisteredClientRepository(machine, keyed);
  }

  @Bean
  UserDetailsService users() {
    return new InMemoryUserDetailsManager(User.withUsername("ada").password("{noop}interop-only").roles("USER").build());
  }

  @Bean
  JWKSource<SecurityContext> keySource() throws Exception {
    addKey();
    return (selector, context) -> selector.select(new JWKSet(List.copyOf(keys)));
  }

  /** Without it `aud` is the client, and the parameter `resource` is not read. */
  @Bean
  OAuth2TokenCustomizer<JwtEncodingContext> audience(@Value("${interop.resource}") String resource) {
    return context -> {
      if (!OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) return;
      if (!context.getAuthorizedScopes().isEmpty()) context.getClaims().audience(List.of(resource));
      context.getJwsHeader().keyId(keys.get(0).getKeyID());
    };
  }

  @PostMapping("/interop/keys")
  void addKey() throws Exception {
    keys.add(0, new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate());
  }

  @DeleteMapping("/interop/keys")
  void removeOldKeys() {
    keys.subList(1, keys.size()).clear();
  }
}
