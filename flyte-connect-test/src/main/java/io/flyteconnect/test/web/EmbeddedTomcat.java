package io.flyteconnect.test.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import jakarta.servlet.Servlet;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.loader.WebappLoader;
import org.apache.catalina.session.StandardManager;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

import io.flyteconnect.test.tls.TestCertificates;

/**
 * A Tomcat on a free loopback port that shares nothing with one of the application.
 *
 * @since 0.1.0
 */
public final class EmbeddedTomcat {

	private final Tomcat tomcat = new Tomcat();

	private final Path folder;

	private final Connector connector = new Connector();

	private final Context context;

	private final String what;

	/**
	 * Create a server, which takes no port yet.
	 * @param what what it is, for the names of folders and threads:
	 * {@code flyte-test-identity-provider} for example
	 * @param certificates its certificates, or {@code null} for plaintext
	 */
	public EmbeddedTomcat(String what, @Nullable TestCertificates certificates) {
		this.what = what;
		// The one URL stream handler factory of this Java is not ours to take.
		TomcatURLStreamHandlerFactory.disable();
		try {
			this.folder = Files.createTempDirectory(what + "-" + ProcessHandle.current().pid() + "-");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.tomcat.setBaseDir(this.folder.toString());
		this.connector.setPort(0);
		this.connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
		this.connector.setProperty("maxThreads", "200");
		this.connector.setProperty("minSpareThreads", "2");
		if (certificates != null) {
			secure(certificates);
		}
		this.tomcat.setConnector(this.connector);
		this.tomcat.getEngine().setParentClassLoader(getClass().getClassLoader());
		// The name is also the JMX domain, which another Tomcat must not share.
		this.tomcat.getEngine().setName(what + "-" + this.folder.getFileName());
		this.tomcat.getService().setName(what);
		StandardContext context = (StandardContext) this.tomcat.addContext("", this.folder.toString());
		this.context = context;
		// Nothing of the tested application is loaded by this one's class loader.
		context.setClearReferencesThreadLocals(false);
		context.setClearReferencesRmiTargets(false);
		WebappLoader loader = new WebappLoader();
		loader.setDelegate(true);
		this.context.setLoader(loader);
		StandardManager sessions = new StandardManager();
		sessions.setPathname(null);
		this.context.setManager(sessions);
		// Browsers share cookies between the ports of a host.
		this.context.setSessionCookieName(what.replace('-', '_').toUpperCase(Locale.ROOT));
	}

	/**
	 * Let a servlet answer.
	 * @param path the paths that it answers to
	 * @param name its name
	 * @param servlet the servlet
	 */
	public void add(String path, String name, Servlet servlet) {
		Tomcat.addServlet(this.context, name, servlet);
		this.context.addServletMappingDecoded(path, name);
	}

	/**
	 * Ask clients for a certificate of the server's authority.
	 * @param certificates those of the server
	 */
	public void requireClientCertificates(TestCertificates certificates) {
		for (SSLHostConfig host : this.connector.findSslHostConfigs()) {
			host.setCertificateVerification("required");
			host.setCaCertificateFile(certificates.caCertificate().toString());
		}
	}

	/**
	 * Speak HTTP/2, too: by prior knowledge in plaintext, and where the client offers it
	 * with TLS.
	 */
	public void addHttp2() {
		Http2Protocol http2 = new Http2Protocol();
		http2.setMaxConcurrentStreams(1000);
		http2.setMaxConcurrentStreamExecution(100);
		// Calls are many small frames, which Tomcat takes for an attack.
		http2.setOverheadCountFactor(0);
		// Small messages are what calls of gRPC are made of.
		http2.setOverheadDataThreshold(0);
		http2.setOverheadWindowUpdateThreshold(0);
		this.connector.addUpgradeProtocol(http2);
	}

	private void secure(TestCertificates certificates) {
		this.connector.setSecure(true);
		this.connector.setScheme("https");
		this.connector.setProperty("SSLEnabled", "true");
		SSLHostConfig host = new SSLHostConfig();
		SSLHostConfigCertificate certificate = new SSLHostConfigCertificate(host,
				SSLHostConfigCertificate.Type.UNDEFINED);
		certificate.setCertificateFile(certificates.serverCertificate().toString());
		certificate.setCertificateKeyFile(certificates.serverKey().toString());
		host.addCertificate(certificate);
		this.connector.addSslHostConfig(host);
	}

	/**
	 * Take the port; nothing answers there before {@link #start()}.
	 * @return the port
	 * @throws LifecycleException if there is none
	 */
	public int bind() throws LifecycleException {
		this.tomcat.init();
		return this.connector.getLocalPort();
	}

	/**
	 * Return the web application.
	 * @return its context
	 */
	public Context context() {
		return this.context;
	}

	/**
	 * Answer.
	 * @throws LifecycleException if the web application does not start
	 */
	public void start() throws LifecycleException {
		this.tomcat.start();
		if (!this.context.getState().isAvailable()) {
			throw new LifecycleException("The web application of " + this.what + " did not start");
		}
	}

	/**
	 * Return how many connections are open.
	 * @return their number
	 */
	public int openConnections() {
		return (this.connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol)
				? (int) protocol.getConnectionCount() : 0;
	}

	/**
	 * Answer no more, and give the port back.
	 */
	public void stop() {
		try {
			this.tomcat.stop();
			this.tomcat.destroy();
		}
		catch (LifecycleException ex) {
			throw new IllegalStateException("Could not stop " + this.what, ex);
		}
		finally {
			FileSystemUtils.deleteRecursively(this.folder.toFile());
		}
	}

}
