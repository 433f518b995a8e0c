// An authorization server on loopback that is made as flyteadmin's own is: of the same library, with its endpoints, its
// clients, and JSON Web Tokens for codes and refresh tokens. Its access tokens live six seconds. Arguments: port, redirect URI.
package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"log"
	"math/big"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/ory/fosite"
	"github.com/ory/fosite/compose"
	"github.com/ory/fosite/handler/oauth2"
	"github.com/ory/fosite/storage"
	"github.com/ory/fosite/token/jwt"
	"golang.org/x/crypto/bcrypt"
)

const (
	accessLife  = 6 * time.Second
	refreshLife = time.Hour
	callback    = "/oauth2/authorize_callback"
)

// tokens makes codes and refresh tokens in the form of access tokens, which are their own signatures.
type tokens struct {
	oauth2.CoreStrategy
}

func (t tokens) made(ctx context.Context, request fosite.Requester, life time.Duration) (string, string, error) {
	session := request.GetSession()
	session.SetExpiresAt(fosite.AccessToken, time.Now().Add(life))
	token, _, err := t.CoreStrategy.GenerateAccessToken(ctx, request)
	session.SetExpiresAt(fosite.AccessToken, time.Now().Add(accessLife))
	return token, token, err
}

func (t tokens) GenerateAuthorizeCode(ctx context.Context, request fosite.Requester) (string, string, error) {
	return t.made(ctx, request, 5*time.Minute)
}

func (t tokens) AuthorizeCodeSignature(token string) string { return token }

func (t tokens) ValidateAuthorizeCode(ctx context.Context, request fosite.Requester, token string) error {
	return t.CoreStrategy.ValidateAccessToken(ctx, request, token)
}

func (t tokens) GenerateRefreshToken(ctx context.Context, request fosite.Requester) (string, string, error) {
	return t.made(ctx, request, refreshLife)
}

func (t tokens) RefreshTokenSignature(token string) string { return token }

func (t tokens) ValidateRefreshToken(ctx context.Context, request fosite.Requester, token string) error {
	return t.CoreStrategy.ValidateAccessToken(ctx, request, token)
}

type server struct {
	provider fosite.OAuth2Provider
	issuer   string
	key      *rsa.PrivateKey
}

func (s server) session(subject, client string) *oauth2.JWTSession {
	return &oauth2.JWTSession{
		JWTClaims: &jwt.JWTClaims{Issuer: s.issuer, Subject: subject, Audience: []string{s.issuer}, IssuedAt: time.Now(),
			ExpiresAt: time.Now().Add(accessLife), Extra: map[string]interface{}{"client_id": client}},
		JWTHeader: &jwt.Headers{Extra: map[string]interface{}{"key_id": "1"}},
	}
}

// authorize keeps the request in a cookie while the person logs in elsewhere.
func (s server) authorize(w http.ResponseWriter, r *http.Request) {
	request, err := s.provider.NewAuthorizeRequest(r.Context(), r)
	if err != nil {
		s.provider.WriteAuthorizeError(w, request, err)
		return
	}
	http.SetCookie(w, &http.Cookie{Name: "request", Value: base64.RawURLEncoding.EncodeToString([]byte(r.URL.RawQuery)), Path: "/", HttpOnly: true})
	http.Redirect(w, r, "/login?redirect_url="+callback, http.StatusTemporaryRedirect)
}

func (s server) login(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost {
		http.SetCookie(w, &http.Cookie{Name: "user", Value: url.QueryEscape(r.PostFormValue("username")), Path: "/", HttpOnly: true})
		http.Redirect(w, r, callback, http.StatusSeeOther)
		return
	}
	w.Header().Set("Content-Type", "text/html")
	_, _ = w.Write([]byte("<!doctype html><title>Flyte</title><form method=post><input name=username>" +
		"<input name=password type=password><input type=submit value='Log in'></form>"))
}

func (s server) authorized(w http.ResponseWriter, r *http.Request) {
	kept, err := r.Cookie("request")
	user, noUser := r.Cookie("user")
	if err != nil || noUser != nil {
		s.provider.WriteAuthorizeError(w, fosite.NewAuthorizeRequest(), fosite.ErrAccessDenied)
		return
	}
	query, _ := base64.RawURLEncoding.DecodeString(kept.Value)
	original, _ := http.NewRequest(http.MethodGet, "/oauth2/authorize?"+string(query), nil)
	request, err := s.provider.NewAuthorizeRequest(r.Context(), original)
	if err != nil {
		s.provider.WriteAuthorizeError(w, request, err)
		return
	}
	for _, scope := range request.GetRequestedScopes() {
		request.GrantScope(scope)
	}
	response, err := s.provider.NewAuthorizeResponse(r.Context(), request, s.session(user.Value, request.GetClient().GetID()))
	if err != nil {
		s.provider.WriteAuthorizeError(w, request, err)
		return
	}
	s.provider.WriteAuthorizeResponse(w, request, response)
}

func (s server) token(w http.ResponseWriter, r *http.Request) {
	request, err := s.provider.NewAccessRequest(r.Context(), r, s.session("", ""))
	if err != nil {
		s.provider.WriteAccessError(w, request, err)
		return
	}
	for _, scope := range request.GetRequestedScopes() {
		request.GrantScope(scope)
	}
	response, err := s.provider.NewAccessResponse(r.Context(), request)
	if err != nil {
		s.provider.WriteAccessError(w, request, err)
		return
	}
	s.provider.WriteAccessResponse(w, request, response)
}

func (s server) keys(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	encode := base64.RawURLEncoding.EncodeToString
	_ = json.NewEncoder(w).Encode(map[string]interface{}{"keys": []map[string]string{{"kty": "RSA", "kid": "1",
		"n": encode(s.key.N.Bytes()), "e": encode(big.NewInt(int64(s.key.E)).Bytes())}}})
}

func main() {
	port, redirectURI := os.Args[1], os.Args[2]
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		log.Fatal(err)
	}
	secret, err := bcrypt.GenerateFromPassword([]byte("of the service"), bcrypt.MinCost)
	if err != nil {
		log.Fatal(err)
	}
	scopes := []string{"all", "offline", "access_token"}
	store := storage.NewMemoryStore()
	store.Clients["flytectl"] = &fosite.DefaultClient{ID: "flytectl", Public: true, RedirectURIs: []string{redirectURI},
		ResponseTypes: []string{"code", "token"}, GrantTypes: []string{"refresh_token", "authorization_code"}, Scopes: scopes}
	store.Clients["flytepropeller"] = &fosite.DefaultClient{ID: "flytepropeller", Secret: secret,
		ResponseTypes: []string{"token"}, GrantTypes: []string{"refresh_token", "client_credentials"}, Scopes: scopes}
	config := &compose.Config{AccessTokenLifespan: accessLife, RefreshTokenLifespan: refreshLife,
		AuthorizeCodeLifespan: 5 * time.Minute, RefreshTokenScopes: []string{"offline"}}
	provider := compose.Compose(config, store, &compose.CommonStrategy{
		CoreStrategy: tokens{compose.NewOAuth2JWTStrategy(key, nil)},
		JWTStrategy:  &jwt.RS256JWTStrategy{PrivateKey: key},
	}, nil, compose.OAuth2AuthorizeExplicitFactory, compose.OAuth2ClientCredentialsGrantFactory,
		compose.OAuth2RefreshTokenGrantFactory, compose.OAuth2PKCEFactory)
	s := server{provider: provider, issuer: "http://localhost:" + port, key: key}
	http.HandleFunc("/oauth2/authorize", s.authorize)
	http.HandleFunc("/login", s.login)
	http.HandleFunc(callback, s.authorized)
	http.HandleFunc("/oauth2/token", s.token)
	http.HandleFunc("/oauth2/jwks", s.keys)
	log.Fatal(http.ListenAndServe("localhost:"+port, nil))
}
