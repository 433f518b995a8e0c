package io.flyteconnect.integration.connection.example;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * A service with nothing of its own but what the documentation shows.
 */
@SpringBootApplication
class ExampleApplication {

}
