package io.flyteconnect.internal.tls.ca;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.InvalidFlyteConfigurationException;

/**
 * The CA file of a connection, which is read again when a server's issuer is not among
 * its certificates: a cluster that changes its CA changes the file, too, as Kubernetes
 * does by its links. It is read by a thread of its own, one at a time, since its disk may
 * be gone. A file that cannot be used changes nothing.
 */
public final class CaFile implements TrustSource, AutoCloseable {

	private static final Log logger = LogFactory.getLog(CaFile.class);

	private final String connection;

	private final Path file;

	private final AtomicBoolean reading = new AtomicBoolean();

	private volatile List<X509Certificate> certificates;

	private volatile Consumer<List<X509Certificate>> user = (certificates) -> {
	};

	private volatile @Nullable String problem;

	private volatile boolean closed;

	private CaFile(String connection, Path file) {
		this.connection = connection;
		this.file = file;
		this.certificates = CaCertificates.read(file);
		warnOf(this.certificates);
	}

	private void warnOf(List<X509Certificate> certificates) {
		String outOfDate = OutOfDate.of(certificates);
		if (outOfDate != null) {
			logger.warn("The CA file '" + this.file + "' of Flyte connection '" + this.connection + "' holds "
					+ outOfDate + ": put the new certificate of the authority there, or set the clock of this machine");
		}
	}

	/**
	 * Read a CA file.
	 * @param connection the name of the connection
	 * @param file the file
	 * @return the file with its certificates
	 * @throws InvalidFlyteConfigurationException if there is no such file or it holds
	 * nothing to trust
	 */
	public static CaFile read(String connection, Path file) {
		return new CaFile(connection, file);
	}

	/**
	 * Return the certificates that were read last.
	 * @return at least one
	 */
	public List<X509Certificate> certificates() {
		return this.certificates;
	}

	/**
	 * Be told of other certificates.
	 * @param user takes what the file holds now
	 */
	public void onChange(Consumer<List<X509Certificate>> user) {
		this.user = user;
	}

	@Override
	public String remedy() {
		String known = this.problem;
		readAgain();
		String text = "its issuer is not in the CA file '" + this.file + "' of flyte.platform.ca-cert-file-path";
		String outOfDate = OutOfDate.of(this.certificates);
		if (outOfDate != null) {
			text += " (which holds " + outOfDate + ")";
		}
		return (known != null)
				? text + ", which has changed and cannot be used (" + known
						+ "), so what it held before still counts: correct it"
				: text + ": add it there. A file that has changed is read again now, and counts from the next connection on";
	}

	/**
	 * Look at the file from time to time.
	 * @param pause how long to wait before each look, zero to look at it only where a
	 * server is not trusted
	 * @param owner whom the file is for: where nobody has it any more, this ends, as it
	 * does once the file is closed
	 */
	public void watch(Duration pause, Object owner) {
		if (!pause.isZero()) {
			watch(pause, new WeakReference<>(this), new WeakReference<>(owner));
		}
	}

	private static void watch(Duration pause, Reference<CaFile> watched, Reference<Object> owner) {
		CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS, Runnable::run).execute(() -> {
			CaFile file = watched.get();
			if (file != null && !file.closed && owner.get() != null) {
				file.readAgain();
				watch(pause, watched, owner);
			}
		});
	}

	private void readAgain() {
		if (this.reading.compareAndSet(false, true)) {
			Thread thread = new Thread(this::look, "flyte-" + this.connection + "-ca-file");
			thread.setDaemon(true);
			thread.start();
		}
	}

	/**
	 * Look at the file no more.
	 */
	@Override
	public void close() {
		this.closed = true;
	}

	private void look() {
		try {
			List<X509Certificate> found = CaCertificates.read(this.file);
			if (!found.equals(this.certificates)) {
				// First, so that an exchange that fails is tried again.
				this.user.accept(found);
				this.certificates = found;
				warnOf(found);
				logger.info("Flyte connection '" + this.connection + "' has read the CA file '" + this.file
						+ "' again, since it has changed: " + found.size() + " certificate(s) are trusted now");
			}
			this.problem = null;
		}
		catch (InvalidFlyteConfigurationException ex) {
			this.problem = ex.getReason();
		}
		catch (RuntimeException ex) {
			this.problem = "using it failed (" + ex.getClass().getSimpleName() + ")";
		}
		finally {
			this.reading.set(false);
		}
	}

}
