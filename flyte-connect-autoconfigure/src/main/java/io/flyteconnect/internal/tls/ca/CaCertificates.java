package io.flyteconnect.internal.tls.ca;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.internal.file.BoundedFile;
import io.flyteconnect.internal.file.UnusableFileException;

/**
 * The certificates of a PEM file. Text around the certificates is commentary (RFC 7468,
 * section 2), and so are keys and other PEM blocks; text within a certificate is an error
 * that names its line.
 */
final class CaCertificates {

	private static final String PROPERTY = "flyte.platform.ca-cert-file-path";

	private static final Pattern BEGIN = Pattern.compile("-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----");

	private static final Pattern BLOCK = Pattern
		.compile(BEGIN + "([^-]*)(-----END (?:X509 |TRUSTED )?CERTIFICATE-----)?");

	private final Path file;

	private CaCertificates(Path file) {
		this.file = file;
	}

	/**
	 * Read the certificates of a file.
	 * @param file the file
	 * @return at least one certificate
	 * @throws InvalidFlyteConfigurationException if there is no such file, it cannot be
	 * read, or it does not hold certificates in PEM form
	 */
	static List<X509Certificate> read(Path file) {
		return new CaCertificates(file).parse();
	}

	private List<X509Certificate> parse() {
		String text = text();
		List<X509Certificate> certificates = new ArrayList<>();
		Matcher block = BLOCK.matcher(text);
		while (block.find()) {
			certificates.add(certificate(block, lineOf(text, block.start())));
		}
		if (certificates.isEmpty()) {
			throw invalid("holds no certificate (no line '-----BEGIN CERTIFICATE-----')",
					"Name a file of one or more certificates in PEM form. A file in DER form is turned into one by "
							+ "'openssl x509 -inform der -in <file> -out ca.pem'.",
					null);
		}
		return List.copyOf(certificates);
	}

	private String text() {
		try {
			return new String(BoundedFile.read(this.file), StandardCharsets.ISO_8859_1);
		}
		catch (UnusableFileException ex) {
			String action = switch (ex.getProblem()) {
				case MISSING ->
					"Correct the path, or remove the property to trust the certificates that the JVM trusts.";
				case TOO_LARGE -> "Name a file that holds nothing but the certificates of those to trust.";
				case UNREADABLE -> "Make the file readable to the user that runs the application.";
				case NO_ANSWER -> "Mend the disk or mount that the file is on.";
				default -> "Name the PEM file itself.";
			};
			throw invalid(ex.getSentence(), action, ex);
		}
	}

	private X509Certificate certificate(Matcher block, int line) {
		if (block.group(2) == null) {
			throw invalid("has a certificate in line " + line + " that is not ended by '-----END CERTIFICATE-----'",
					"Copy the certificate again, with its last line.", null);
		}
		try {
			byte[] der = Base64.getDecoder().decode(block.group(1).replaceAll("\\s", ""));
			// Of a trusted certificate, the attributes that OpenSSL appends are left
			// unread
			return (X509Certificate) CertificateFactory.getInstance("X.509")
				.generateCertificate(new ByteArrayInputStream(der));
		}
		catch (CertificateException | IllegalArgumentException ex) {
			throw invalid("has a certificate in line " + line + " that cannot be decoded",
					"Copy the certificate again, without other text between its first and its last line.", ex);
		}
	}

	private static int lineOf(String text, int position) {
		return 1 + (int) text.substring(0, position).chars().filter((character) -> character == '\n').count();
	}

	private InvalidFlyteConfigurationException invalid(String problem, String action, @Nullable Throwable cause) {
		return new InvalidFlyteConfigurationException(PROPERTY, null,
				"The CA file '" + this.file + "' " + problem + ".", action, cause);
	}

}
