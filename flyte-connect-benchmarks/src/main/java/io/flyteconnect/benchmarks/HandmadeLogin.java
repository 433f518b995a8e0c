package io.flyteconnect.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import flyteidl.service.Auth.OAuth2MetadataRequest;
import flyteidl.service.Auth.PublicClientAuthConfigRequest;
import flyteidl.service.Auth.PublicClientAuthConfigResponse;
import flyteidl.service.AuthMetadataServiceGrpc;
import flyteidl.service.AuthMetadataServiceGrpc.AuthMetadataServiceBlockingStub;
import io.grpc.Channel;
import io.grpc.Metadata;
import org.springframework.boot.json.JsonParserFactory;

/**
 * A token fetched once by hand, without anything of the starter: what the client under
 * test is measured against.
 *
 * @param channel to the server that says how to log in
 * @param options the flags
 */
record HandmadeLogin(Channel channel, LoadOptions options) {

	Metadata header() throws IOException, InterruptedException, GeneralSecurityException {
		AuthMetadataServiceBlockingStub stub = AuthMetadataServiceGrpc.newBlockingStub(this.channel);
		PublicClientAuthConfigResponse client = stub
			.getPublicClientConfig(PublicClientAuthConfigRequest.getDefaultInstance());
		String endpoint = stub.getOAuth2Metadata(OAuth2MetadataRequest.getDefaultInstance()).getTokenEndpoint();
		Metadata header = new Metadata();
		header.put(Metadata.Key.of(client.getAuthorizationMetadataKey(), Metadata.ASCII_STRING_MARSHALLER),
				"Bearer " + token(endpoint, String.join(" ", client.getScopesList())));
		return header;
	}

	private String token(String endpoint, String scopes)
			throws IOException, InterruptedException, GeneralSecurityException {
		String user = this.options.clientId() + ":" + this.options.clientSecret();
		HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint))
			.header("Authorization",
					"Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers
				.ofString("grant_type=client_credentials&scope=" + URLEncoder.encode(scopes, StandardCharsets.UTF_8)))
			.build();
		HttpResponse<String> response = client().send(request, HttpResponse.BodyHandlers.ofString());
		Object token = JsonParserFactory.getJsonParser().parseMap(response.body()).get("access_token");
		if (token == null) {
			throw new IOException("The token endpoint answered HTTP " + response.statusCode() + " without a token");
		}
		return token.toString();
	}

	private HttpClient client() throws IOException, GeneralSecurityException {
		Path file = this.options.certificate();
		if (file == null) {
			return HttpClient.newHttpClient();
		}
		KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
		trusted.load(null, null);
		try (InputStream pem = Files.newInputStream(file)) {
			for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
				trusted.setCertificateEntry("ca-" + trusted.size(), certificate);
			}
		}
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(trusted);
		SSLContext tls = SSLContext.getInstance("TLS");
		tls.init(null, trust.getTrustManagers(), null);
		return HttpClient.newBuilder().sslContext(tls).build();
	}

}
