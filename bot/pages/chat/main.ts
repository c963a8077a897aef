import './chat.ts';
import './chat.css';
