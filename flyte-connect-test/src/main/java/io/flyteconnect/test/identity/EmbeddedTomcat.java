package io.flyteconnect.test.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.loader.WebappLoader;
import org.apache.catalina.session.StandardManager;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

import io.flyteconnect.test.tls.TestCertificates;

/**
 * A Tomcat on a free loopback port that shares nothing with one of the application.
 */
class EmbeddedTomcat {

	private final Tomcat tomcat = new Tomcat();

	private final Path folder;

	private final Connector connector = new Connector();

	private final Context context;

	EmbeddedTomcat(@Nullable TestCertificates certificates) {
		// The one URL stream handler factory of this Java is not ours to take.
		TomcatURLStreamHandlerFactory.disable();
		try {
			this.folder = Files
				.createTempDirectory("flyte-test-identity-provider-" + ProcessHandle.current().pid() + "-");
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
		this.tomcat.getEngine().setName("flyte-test-identity-provider-" + this.folder.getFileName());
		this.tomcat.getService().setName("flyte-test-identity-provider");
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
		this.context.setSessionCookieName("FLYTE_TEST_IDENTITY_PROVIDER");
		Tomcat.addServlet(this.context, "activate", new ActivationServlet());
		this.context.addServletMappingDecoded("/activate", "activate");
		Tomcat.addServlet(this.context, "default", "org.apache.catalina.servlets.DefaultServlet");
		this.context.addServletMappingDecoded("/", "default");
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
	int bind() throws LifecycleException {
		this.tomcat.init();
		return this.connector.getLocalPort();
	}

	Context context() {
		return this.context;
	}

	void start() throws LifecycleException {
		this.tomcat.start();
		if (!this.context.getState().isAvailable()) {
			throw new LifecycleException("The identity provider's web application did not start");
		}
	}

	void stop() {
		try {
			this.tomcat.stop();
			this.tomcat.destroy();
		}
		catch (LifecycleException ex) {
			throw new IllegalStateException("Could not stop the identity provider", ex);
		}
		finally {
			FileSystemUtils.deleteRecursively(this.folder.toFile());
		}
	}

}
